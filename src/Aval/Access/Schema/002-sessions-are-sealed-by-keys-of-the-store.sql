-- What ASP.NET Core's data protection writes: its keys, each an XML element under its own name. Not versioned and not journaled.
CREATE TABLE session_key (
    name   TEXT NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL
);
