-- Roles that decide wait for leadership; who asked for them, one a line.
ALTER TABLE user_account ADD COLUMN pending_roles TEXT;
ALTER TABLE user_account ADD COLUMN roles_asked_by TEXT;

-- Of a password for one time of somebody who decides, the half that a second person passes on: sealed, shown once, and outside the journal.
CREATE TABLE password_half (
    name     TEXT NOT NULL PRIMARY KEY,
    sealed   TEXT NOT NULL,
    given_by TEXT NOT NULL
);
