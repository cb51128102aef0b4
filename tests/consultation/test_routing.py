"""To whom a case is turned."""

from hypothesis import given
from hypothesis import strategies as st

from consultation.case import Consultant, ConsultantId
from consultation.routing import Because, Candidate, Need, Route, has_fallback, route

NEED = Need("east", "kanto", "T06")


def one(name: str, **about: object) -> Consultant:
    return Consultant(ConsultantId(name), name, None, **about)  # type: ignore[arg-type]


def chosen(*candidates: Candidate, declined: tuple[str, ...] = ()) -> tuple[str, Because] | None:
    found = route(NEED, candidates, frozenset(map(ConsultantId, declined)))
    return (found.consultant.name, found.because) if found else None


def test_the_team_comes_before_expertise_and_expertise_before_the_area_and_the_load() -> None:
    stranger = Candidate(one("他", team_id="west", topics=("T06",), areas=("kanto",)))
    expert = Candidate(one("財源", team_id="east", topics=("T06",)), open_cases=9)
    local = Candidate(one("関東", team_id="east", areas=("kanto",)))
    anybody = Candidate(one("誰でも", team_id="east"), open_cases=3)
    idle = Candidate(one("手すき", team_id="east"))
    other = Candidate(one("調達", team_id="east", topics=("T07",)))

    assert chosen(stranger, anybody, local, expert) == ("財源", Because.FITTING)
    assert chosen(stranger, anybody, local) == ("関東", Because.FITTING)
    assert chosen(stranger, other, anybody, idle) == ("手すき", Because.FITTING)
    assert chosen(stranger, other) == ("調達", Because.FITTING)


def test_the_deputy_of_who_is_absent_takes_it_unless_absent_as_well() -> None:
    expert = Candidate(one("財源", team_id="east", topics=("T06",), deputy_id=ConsultantId("代理")), is_absent=True)
    deputy, better = one("代理", team_id="west"), Candidate(one("同僚", team_id="east"))

    assert chosen(expert, better, Candidate(deputy)) == ("代理", Because.DEPUTY)
    assert chosen(expert, better, Candidate(deputy, is_absent=True)) == ("同僚", Because.FITTING)


def test_nobody_gets_more_than_they_have_room_for_while_anybody_has() -> None:
    full = Candidate(one("満杯", team_id="east", topics=("T06",), most_open=2), open_cases=2)
    spent = Candidate(one("本日分", team_id="east", most_a_day=3), today=3)
    lead = Candidate(one("主任", team_id="west", is_lead=True, most_open=0))

    assert chosen(full, spent, Candidate(one("他", team_id="west"))) == ("他", Because.FITTING)
    assert chosen(full, spent, lead) == ("主任", Because.FALLBACK)


def test_who_declined_is_not_asked_again_while_another_is_left() -> None:
    expert, other = Candidate(one("財源", team_id="east", topics=("T06",))), Candidate(one("同僚", team_id="east"))

    assert chosen(expert, other, declined=("財源",)) == ("同僚", Because.FITTING)
    assert chosen(expert, other, declined=("財源", "同僚")) == ("財源", Because.FALLBACK)


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.builds(
            one,
            st.sampled_from("abcdef"),
            team_id=st.sampled_from(["east", "west", None]),
            topics=st.sampled_from([(), ("T06",), ("T07",)]),
            is_lead=st.booleans(),
            deputy_id=st.sampled_from(["a", "b", None]),
            most_open=st.sampled_from([None, 0, 2]),
        ),
        open_cases=st.integers(0, 4),
        is_absent=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda candidate: candidate.consultant.id,
)


@given(CANDIDATES, st.frozensets(st.sampled_from("abcdef").map(ConsultantId)))
def test_somebody_is_turned_to_while_anybody_is_registered(
    candidates: list[Candidate], declined: frozenset[ConsultantId]
) -> None:
    found: Route | None = route(NEED, candidates, declined)

    assert (found is None) == (not candidates)
    if found is None:
        return
    taken = next(candidate for candidate in candidates if candidate.consultant == found.consultant)
    if found.because is Because.FALLBACK:
        left = [one for one in candidates if one.consultant.id not in declined]
        assert not any(one.has_room and not one.is_absent for one in left)
    else:
        assert taken.has_room
        assert not taken.is_absent
        assert taken.consultant.id not in declined


def test_the_fallback_is_a_lead() -> None:
    assert not has_fallback([Candidate(one("a"))])
    assert has_fallback([Candidate(one("a")), Candidate(one("b", is_lead=True))])
