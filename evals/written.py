"""What a language model (MADOGUCHI_LLM) makes of questions that the materials answer: what stood, what fell."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from consultation.outcome import Finding, kind_of
from evals.consult import Question

FALLEN = "fallen_"
Consider = Callable[[str], Finding]


@dataclass(frozen=True, slots=True)
class Result:
    question: Question
    finding: Finding

    @property
    def writer(self) -> str:
        """Who wrote: the model, `quoting` after a fault of the model; empty where the model was not asked."""
        return self.finding.versions.get("writer", "")


def ask(questions: Sequence[Question], consider: Consider) -> Iterator[Result]:
    """The questions that are expected to be answered, each asked once, in order."""
    wanted = (question for question in questions if question.expected == "answer")
    return (Result(question, consider(question.question)) for question in wanted)


def line(result: Result) -> str:
    """One question in one line."""
    finding = result.finding
    usage = " ".join(f"{name}={count:g}" for name, count in finding.usage.items())
    fault = finding.versions.get("model_fault", "")
    took_s = finding.took_ms.get("write", 0) / 1000
    return f"{result.question.id}\t{kind_of(finding.outcome)}\t{result.writer or '-'}\t{took_s:.1f} s\t{usage}{fault}"


def report(results: Sequence[Result]) -> str:
    """The totals."""
    asked = [result for result in results if result.writer]
    usage = Counter[str]()
    for result in asked:
        usage.update(result.finding.usage)
    stood, fell = usage["sentences"], sum(count for name, count in usage.items() if name.startswith(FALLEN))
    outcomes = Counter(f"{kind_of(result.finding.outcome)} by {result.writer}" for result in asked)
    took_s = [result.finding.took_ms["write"] / 1000 for result in asked]
    return "\n".join(
        [
            f"{len(results)} questions, {len(asked)} reached the model; median {median(took_s or [0]):.1f} s",
            *(f"  {outcome}: {count}" for outcome, count in outcomes.most_common()),
            f"sentences: {stood:g} stood, {fell:g} fell",
            *(f"  {name.removeprefix(FALLEN)}: {n:g}" for name, n in usage.most_common() if name.startswith(FALLEN)),
            f"tokens: {usage['input_tokens']:g} in, {usage['output_tokens']:g} out; {usage['cost_yen']:.2f} yen",
        ]
    )
