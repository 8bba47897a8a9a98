"""Run the engine (with the interpreter of `.local/engine`)."""

from __future__ import annotations

from ministack.app import main  # type: ignore[import-not-found]

if __name__ == "__main__":
    main()
