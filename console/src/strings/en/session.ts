/** Signing in and out, passwords. */
export const session = {
  "session.title": "Sign in",
  "session.user": "Name",
  "session.password": "Password",
  "session.signIn": "Sign in",
  "session.firstStart":
    "First start: the name is admin, and the terminal in which Motown was started shows a one-time password.",
  "session.ended":
    "Your session has ended. Sign in to go on where you were: what you had written is still there.",
  "session.setUp": "Choose your password",
  "session.setUpWhy": "You came in with a one-time password. It opens nothing but this choice.",
  "session.newPassword": "New password",
  "session.again": "The same again",
  "session.rule": "At least {least} characters. A sentence is good.",
  "session.differs": "This differs from the password above.",
  "session.current": "Current password",
  "session.change": "Change password",
  "session.changed": "Your password was changed. Your other sessions have ended.",
  "session.start": "Set password and start",
} as const;
