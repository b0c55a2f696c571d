"""How often made-up people give each answer, before who they are and how they fare is weighed in.

For an item with one answer the numbers are weights, for one with several the chance that each is picked. Codes that a
measure counts as good grow with good fortune. A test holds every item and code against the questionnaire.
"""

from __future__ import annotations

from collections.abc import Mapping

ONE: Mapping[str, Mapping[str, float]] = {
    "proxy_view": {"together": 40, "told_before": 34, "my_judgement": 26},
    "held_how": {"notional": 72, "direct_payment": 16, "third_party": 6, "mix": 6},
    "held_since": {"under_6_months": 12, "months_6_to_12": 16, "years_1_to_3": 38, "over_3_years": 34},
    "amount_known": {"before": 30, "during": 22, "after": 24, "never": 24},
    "talk_matters": {"enough": 46, "a_little": 34, "no": 20},
    "heard": {"nearly_all": 42, "half": 28, "a_little": 15, "nothing": 7, "no_plan": 8},
    "choice_hold": {"yes": 40, "no_choice": 27, "not_told": 33},
    "have_plan": {"yes": 56, "not_usable": 18, "no": 26},
    "reviewed": {"changed": 26, "not_changed": 20, "no_need": 24, "no": 30},
    "know_whom": {"yes": 58, "not_sure": 25, "no": 17},
    "got": {"better": 18, "as_hoped": 34, "a_little": 24, "no_change": 11, "worse": 6, "too_early": 7},
    "keep": {"keep": 66, "keep_change": 22, "go_back": 12},
    "effort": {"hardly_any": 22, "some_fine": 40, "a_lot": 27, "too_much": 11},
    "cover": {"plan_works": 20, "family": 44, "go_without": 22, "not_happened": 14},
    "told_no": {"no": 48, "explained": 14, "unexplained": 18, "did_not_ask": 20},
    "enough": {"yes": 42, "only_just": 26, "top_up": 20, "go_without": 12},
    "unfair": {"no": 74, "yes": 12, "not_sure": 14},
    "carer_hours": {
        "none": 12,
        "hours_1_9": 14,
        "hours_10_19": 13,
        "hours_20_34": 14,
        "hours_35_49": 11,
        "hours_50_over": 36,
    },
    "carer_load": {"none": 12, "some_fine": 24, "most_fine": 34, "too_much": 30},
    "carer_room": {"more": 42, "same": 36, "less": 22},
    "carer_asked": {"yes_helped": 22, "yes_nothing": 26, "no": 34, "did_not_know": 18},
    "holder_cares": {"none": 84, "hours_1_9": 8, "hours_10_19": 4, "hours_20_over": 4},
    "ease": {"easy": 48, "all_right": 40, "hard": 12},
}

SEVERAL: Mapping[str, Mapping[str, float]] = {
    "missing_help": {
        "peer": 0.24,
        "advocate": 0.18,
        "language": 0.04,
        "format": 0.07,
        "money_advice": 0.2,
        "time": 0.16,
    },
    "hoped_for": {
        "health": 0.52,
        "deciding": 0.4,
        "everyday": 0.46,
        "safe": 0.25,
        "respect": 0.2,
        "mind": 0.3,
        "family": 0.28,
        "work": 0.12,
        "friends": 0.33,
        "supporters": 0.3,
    },
    "harder": {
        "paperwork": 0.28,
        "money": 0.2,
        "employing": 0.12,
        "family": 0.12,
        "time": 0.18,
        "safety": 0.03,
        "lost_service": 0.09,
        "other": 0.03,
    },
    "used_for": {
        "employees": 0.28,
        "agency": 0.26,
        "equipment": 0.38,
        "therapy": 0.2,
        "activities": 0.2,
        "break": 0.12,
        "travel": 0.1,
        "training": 0.06,
        "technology": 0.12,
        "other": 0.06,
    },
    "dp_gaps": {
        "finding_staff": 0.42,
        "payroll": 0.24,
        "staff_cover": 0.3,
        "health_training": 0.18,
        "insurance": 0.12,
        "records": 0.16,
    },
    "in_the_way": {
        "getting_about": 0.36,
        "transport": 0.3,
        "alone": 0.24,
        "feeling_low": 0.3,
        "money": 0.3,
        "finding_out": 0.36,
        "same_story": 0.4,
        "passed_around": 0.36,
        "staff_unaware": 0.38,
        "waiting": 0.42,
        "language": 0.04,
    },
    "help_used": {"read": 0.34, "written": 0.3, "translated": 0.06, "signed": 0.03, "pictures": 0.1, "answered": 0.24},
    "difficulty": {
        "seeing": 0.1,
        "hearing": 0.1,
        "moving": 0.58,
        "hands": 0.34,
        "energy": 0.46,
        "learning": 0.2,
        "memory": 0.2,
        "mental": 0.3,
        "people": 0.22,
        "speaking": 0.16,
        "other": 0.06,
    },
}

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "anything": {
        "en": (
            "The people who come now are people I chose. That has changed everything.",
            "It took eleven months from asking to the first payment.",
            "Please answer the telephone.",
            "The wheelchair fits at last. Nobody told us there was a choice before.",
            "The paperwork takes me most Sunday evenings.",
            "I would like to talk to someone else who has a budget.",
        ),
        "pl": (
            "Dziękuję, teraz sam decyduję, kto mi pomaga.",
            "Wszystkie listy przychodzą po angielsku i ktoś musi mi je czytać.",
        ),
        "ur": (
            "اب گھر پر مدد وقت پر آتی ہے۔ شکریہ۔",
            "ہمیں اپنی زبان میں سمجھانے والا کوئی نہیں ملا۔",
        ),
    },
    "missed": {
        "en": (
            "You could ask how long we had to wait.",
            "Ask carers how they sleep.",
            "Ask whether the money arrives on the day it should.",
        ),
        "pl": ("Można by zapytać, jak długo trzeba było czekać.",),
        "ur": ("یہ بھی پوچھیں کہ کتنا انتظار کرنا پڑا۔",),
    },
}

WRITTEN_IN: Mapping[str, tuple[str, ...]] = {
    "language": ("Panjabi", "Bengali", "Romanian", "Arabic", "Somali", "Gujarati", "Portuguese", "Cantonese"),
    "ethnicity": ("Romanian", "Kurdish", "Turkish", "Iranian", "Brazilian", "Sri Lankan"),
}
