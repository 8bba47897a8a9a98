"""The types of codes and their names are one list."""

from __future__ import annotations

from typing import get_args

from chalicelib.vocabulary import codes


def test_every_code_of_a_type_has_its_name_and_no_other() -> None:
    assert set(get_args(codes.ProjectType)) == set(codes.PROJECT_TYPES)
    assert set(get_args(codes.Audience)) == set(codes.AUDIENCES)
    assert set(get_args(codes.StageKind)) == set(codes.STAGE_KINDS)
