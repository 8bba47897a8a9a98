"""Whatever is said, in whatever order: an answer, a legal state, and the same answer again."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chalicelib.dialogue.model import EDGES, Memory, State
from chalicelib.intake.model import Reply
from chalicelib.kernel import ids
from chalicelib.vocabulary.statuses import Status
from tests.unit.dialogue.asking import correct
from tests.unit.dialogue.fakes import PHONE, World
from tests.unit.samples import ID

CARD = "6222020000001234567"
WORDS = """0 1 2 3 4 5 9 * # 1,2 ? 帮助 取消 返回 上一题 无 跳过 是 否 进度 评价 办事 人工 TD 订阅 你好 不满意 高龄津贴 占道经营
规划许可 补正 6222020000001234567 100岁以上 张三丰 2026-8-1 2026-02-30 0019 9999 13800001234 123456789012 成都市锦江区春熙路1号"""
SAID = st.one_of(
    st.sampled_from(WORDS.split()),
    st.just(ID),
    st.just(""),
    st.text(max_size=40),
)
KEYS = st.one_of(
    st.sampled_from(["", "0", "1", "2", "3", "4", "*", "#", "0019", ID, CARD]),
    st.from_regex(r"[0-9*#]{1,20}", fullmatch=True),
)


class Talking(RuleBasedStateMachine):
    """Two chats and a call with the same world."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.last: tuple[str, str, str, str, Reply] | None = None
        self.states: dict[str, State] = {}

    def _memory(self, channel: str, conversation: str) -> Memory:
        place = f"talk#{channel}#{ids.keyed(b'index', 'talk', conversation)}"
        return self.world.dialogue._recall(place, self.world.now)[0]

    def _say(self, text: str, channel: str, sender: str, conversation: str) -> None:
        before = self._memory(channel, conversation).state
        message_id = f"m{next(self.world.numbers)}"
        reply = self.world.say(text, channel, sender, message_id, conversation)
        after = self._memory(channel, conversation).state
        assert reply.text.strip(), (before, text)
        assert after in EDGES[before], (before, text, after)
        assert channel != "ivr" or reply.ask is not None or reply.ended or reply.transfer, (before, text)
        assert channel != "ivr" or ID not in reply.text
        assert len(reply.text) <= 600
        self.last = (text, channel, sender, message_id, reply)
        self.conversation = conversation

    @rule(text=SAID)
    def by_sms(self, text: str) -> None:
        self._say(text, "sms", f"tel:{PHONE}", PHONE)

    @rule(text=SAID)
    def by_wechat(self, text: str) -> None:
        self._say(text, "wechat", "wx:oABC", "oABC")

    @rule(keys=KEYS)
    def by_telephone(self, keys: str) -> None:
        self._say(keys, "ivr", f"tel:{PHONE}", "call-1")

    @rule()
    def a_whole_application(self) -> None:
        for text in ("取消", "高龄津贴", ID, "1", "2", "无", "1"):
            self._say(text, "sms", f"tel:{PHONE}", PHONE)

    @rule()
    def a_case_ends(self) -> None:
        for number in list(self.world.store.heads)[-1:]:
            if "rate_until" not in self.world.cases.head(number).facts:
                self.world.close(number)
                self.world.invitations.invite(f"tel:{PHONE}", number, self.world.now)

    @rule()
    def an_office_asks(self) -> None:
        for number, case in self.world.store.heads.items():
            if case.status is Status.SUBMITTED and not self.world.cases.rows(number, "task#"):
                correct(self.world, number, ("card", "银行卡号"), ("kind", "申请类别"), ("", "户口簿复印件"))

    @rule(talks=st.sampled_from([("sms", PHONE), ("ivr", "call-1")]))
    def an_answer_to_it_comes_to_an_end(self, talks: tuple[str, str]) -> None:
        """Whatever was said before: right answers end in a receipt, and no question is asked for ever."""
        mine = self.world.cases.owner(f"tel:{PHONE}")
        heads = [case for case in self.world.store.heads.values() if case.owner == mine and case.facts.get("fields")]
        for case in [case for case in heads if case.status is Status.CORRECTION][:1]:
            keyed = ("0", "", "2", "2", case.case_no, "3")
            for text in keyed if talks[0] == "ivr" else ("取消", f"补正 {case.case_no}"):
                self._say(text, talks[0], f"tel:{PHONE}", talks[1])
            for _ in range(4):
                memory = self._memory(*talks)
                if memory.state not in (State.FIELD, State.CONFIRM):
                    break
                asked = memory.state is State.FIELD and "form.kind" in memory.data["answers"]
                self._say(CARD if asked else "1", talks[0], f"tel:{PHONE}", talks[1])
            assert self._memory(*talks).state not in (State.FIELD, State.CONFIRM)
            left = self.world.cases.head(case.case_no)
            assert not left.facts["fields"] and "户口簿" in left.facts["correction"], (
                "what is no field is still to be brought"
            )

    @rule()
    def the_last_message_again(self) -> None:
        if self.last is not None:
            text, channel, sender, message_id, reply = self.last
            heads = len(self.world.store.heads)
            assert self.world.say(text, channel, sender, message_id, self.conversation) == reply
            assert len(self.world.store.heads) == heads

    @invariant()
    def every_case_is_whole(self) -> None:
        for number, case in self.world.store.heads.items():
            assert ids.is_case_number(number) and case.channel in ("sms", "wechat", "ivr")


Talking.TestCase.settings = settings(
    max_examples=settings().max_examples // 5, stateful_step_count=25, suppress_health_check=list(HealthCheck)
)  # an example is a whole conversation
TestTalking = Talking.TestCase


def test_the_table_of_edges_is_closed() -> None:
    assert set(EDGES) == set(State) and all(edges <= set(State) for edges in EDGES.values())
    assert State.CONFIRM not in EDGES[State.HOME], "nothing is filed that was not asked for"
