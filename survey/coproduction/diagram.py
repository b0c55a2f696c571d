"""How a round goes from state to state, drawn from the one table of transitions.

`python -m survey.coproduction.diagram` prints it. The README holds what this prints; a test compares them.
"""

from __future__ import annotations

from survey.coproduction.rounds import TRANSITIONS, Act, State

# A colon or semicolon inside a name would end it: Mermaid reads no further.
STATE_NAMES = {
    State.DRAFT: "Draft, a facilitator prepares it",
    State.IN_REVIEW: "In review, members read, comment, suggest and vote on suggestions",
    State.PROPOSED: "Proposed, the group votes on the new version as a whole",
    State.AGREED: "Agreed, nobody can change it any more",
    State.TRANSLATING: "Translating",
    State.LIVE: "Live",
    State.RETIRED: "Retired, a later version is live",
    State.STANDS: "No agreement, the last agreed wording stands",
    State.CALLED_OFF: "Called off, with a reason",
}
ACT_NAMES = {
    Act.OPEN: "open",
    Act.EXTEND: "extend, once",
    Act.PROPOSE: "close the review",
    Act.AGREE: "agree",
    Act.LET_STAND: "let stand",
    Act.TRANSLATE: "translate",
    Act.GO_LIVE: "go live",
    Act.RETIRE: "retire",
    Act.CALL_OFF: "call off",
}


def draw_states() -> str:
    """The table as the text of a Mermaid diagram: every state by its name, every way by what somebody does."""
    leaving = {state for state, _ in TRANSITIONS}
    lines = [
        "stateDiagram-v2",
        *(f"    {state}: {STATE_NAMES[state]}" for state in State),
        f"    [*] --> {State.DRAFT}",
        *(f"    {state} --> {reached}: {ACT_NAMES[act]}" for (state, act), reached in TRANSITIONS.items()),
        *(f"    {state} --> [*]" for state in State if state not in leaving),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(draw_states())
