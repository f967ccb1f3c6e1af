"""From the result of a check to at most two reasons: every rule looks once, the best findings are kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from grader.diagnosis.catalogue import CATALOGUE
from grader.diagnosis.evidence import Evidence, gather
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.attempt import CheckResult, Diagnosis
from grader.model.exercise import Exercise

MOST = 2

log = logging.getLogger(__name__)


def diagnose(
    result: CheckResult, exercise: Exercise, source: str, *, rules: Sequence[Rule] = CATALOGUE
) -> tuple[Diagnosis, ...]:
    """Why the check failed, as far as it can be known: best first, at most two, none unless it was seen to fail."""
    if not result.outcome.blames_student:
        return ()
    try:
        evidence = gather(result, exercise, source)
    except Exception:
        log.exception("no evidence could be gathered for %s", result.check)
        return ()
    found = [(rule, finding) for rule in rules if (finding := _look(rule, evidence))]
    return tuple(_diagnosis(rule, finding) for rule, finding in _best(found))


def _look(rule: Rule, evidence: Evidence) -> Finding | None:
    """What the rule finds; one that raises is our fault and costs its diagnosis only."""
    try:
        finding = rule.find(evidence)
        if finding and evidence.cause and evidence.cause.code == rule.code:
            sites = evidence.result.sites or finding.sites
            finding = replace(finding, sentence=evidence.cause.sentence, sites=sites)
        if finding:
            str(finding.sentence)
    except Exception:
        log.exception("the rule %s failed on %s", rule.code, evidence.result.check)
        return None
    return finding


def _best(found: Sequence[tuple[Rule, Finding]]) -> Sequence[tuple[Rule, Finding]]:
    covered = {code for rule, _ in found for code in rule.instead_of}
    kept = [(rule, finding) for rule, finding in found if rule.code not in covered] or list(found)
    known = [(rule, finding) for rule, finding in kept if finding.weight > Weight.GENERAL] or kept[:1]
    return sorted(known, key=lambda pair: -pair[1].weight)[:MOST]


def _diagnosis(rule: Rule, finding: Finding) -> Diagnosis:
    return Diagnosis(
        code=rule.code,
        title=rule.title,
        sentence=finding.sentence,
        next_step=finding.next_step or rule.next_step,
        sites=finding.sites,
    )
