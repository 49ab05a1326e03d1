// What the page knows of an account.

/** Who is signed in. */
interface User {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  /** Whether they are asked for a code when they sign in. */
  twoFactorEnabled: boolean;
}

/** What happened to an account. */
interface AccountEvent {
  at: string;
  action: string;
  outcome: "success" | "refused";
  detail: string | null;
  clientId: string | null;
  fromThisNetwork: boolean;
  requestId: string | null;
}

/** A token that a person made for a program of theirs. */
interface PersonalToken {
  id: string;
  name: string;
  /** Its first characters. */
  start: string;
  scopes: string[];
  expiresAt: string;
  lastRequest: string | null;
}

/** Where somebody is signed in. */
interface Session {
  id: string;
  /** What names it when it is to be ended. */
  token: string;
  createdAt: string;
  ipAddress: string | null;
  userAgent: string | null;
}

/** The address at which calendars read a person's tasks; without one its members are null. */
interface CalendarFeed {
  created_at: string | null;
  read_at: string | null;
}
