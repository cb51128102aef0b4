"""The account of what a language model wrote."""

from consultation.outcome import Answer, Finding, Handoff, Reason
from evals.consult import Question
from evals.written import ask, line, report

ANSWERED = Question("q1", "効果は", "answer", "T01", "")
FOR_A_PERSON = Question("q2", "相談したい", "handoff", "T01", "")


def found(question: str) -> Finding:
    usage = {"input_tokens": 900.0, "output_tokens": 80.0, "cost_yen": 0.5, "sentences": 1.0, "fallen_amount": 2.0}
    return Finding(Answer(Reason.GROUNDED, question, ()), 0.9, {}, {"writer": "openai:x"}, {"write": 1_500}, usage)


def not_asked(question: str) -> Finding:
    return Finding(Handoff(Reason.LOW_CONFIDENCE, question), 0.1, {}, {}, {})


def test_only_questions_that_expect_an_answer_are_asked() -> None:
    assert [result.question.id for result in ask([ANSWERED, FOR_A_PERSON], found)] == ["q1"]


def test_what_stood_fell_and_cost_is_added_up() -> None:
    results = list(ask([ANSWERED, ANSWERED], found))

    assert "answer\topenai:x\t1.5 s" in line(results[0])
    told = report([*results, *ask([ANSWERED], not_asked)])
    assert "3 questions, 2 reached the model; median 1.5 s" in told
    assert "sentences: 2 stood, 4 fell" in told
    assert "tokens: 1800 in, 160 out; 1.00 yen" in told


def test_nothing_asked_is_no_fault() -> None:
    assert "0 questions, 0 reached the model" in report([])
