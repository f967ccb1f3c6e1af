"""All cases of all diagnoses."""

from __future__ import annotations

from tests.diagnosis.cases import CASES
from tests.diagnosis.process_cases import PROCESS_CASES
from tests.diagnosis.queue_cases import QUEUE_CASES
from tests.diagnosis.sharing_cases import SHARING_CASES
from tests.diagnosis.waiting_cases import WAITING_CASES

EVERY_CASE = (*CASES, *QUEUE_CASES, *PROCESS_CASES, *WAITING_CASES, *SHARING_CASES)
