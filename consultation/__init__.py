"""The core: what a consultation is, its states, and the policy of answering or handing over. Standard library only."""
