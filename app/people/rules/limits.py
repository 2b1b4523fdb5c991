"""How often somebody may try to sign in, and how long links are good."""

from datetime import timedelta

# Within this window …
SIGN_IN_WINDOW = timedelta(minutes=15)
# … one address may miss the password of one account this often,
PER_ACCOUNT_AND_ADDRESS = 8
# all addresses together that of one account,
PER_ACCOUNT = 40
# and one address, behind which a whole office may sit, those of all accounts.
PER_ADDRESS = 60
# Codes of the second factor, per account.
PER_SECOND_FACTOR = 8

# A device that has not been used for this long has to sign in again.
SESSION_IDLE = timedelta(days=14)

INVITATION_GOOD = timedelta(days=7)
PASSWORD_LINK_GOOD = timedelta(hours=24)
# So many forgotten-password messages an account gets within the window below; further asking is answered alike.
PASSWORD_LINKS = 3
PASSWORD_LINK_WINDOW = timedelta(hours=1)
# Between password and code there may lie this much time.
CODE_WAIT = timedelta(minutes=10)
