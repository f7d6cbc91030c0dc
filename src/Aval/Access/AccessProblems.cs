using Aval.Kernel;

namespace Aval.Access;

/// <summary>How the use cases of keys, users and sessions refuse.</summary>
public static class AccessProblems
{
    public static readonly ProblemKind SignInRefused = new("sign-in-refused", 401, "This name and password open nothing",
        "Check both; an administrator can give a new password.");
    public static readonly ProblemKind SignInLocked = new("sign-in-locked", 429, "This name was tried too often",
        "Wait until the time that the detail names, or ask an administrator for a new password.")
        { OnScreens = "Wait until that time, or ask an administrator for a new password." };
    public static readonly ProblemKind PasswordOneTime = new("password-one-time", 403, "This password is for one time",
        "Sign in once more and send a newPassword along.")
        { OnScreens = "Sign in once more and choose a new password." };
    public static readonly ProblemKind OwnAccount = new("own-account", 403, "Nobody changes their own rights",
        "Ask another administrator.");
    public static readonly ProblemKind RolesConflict = new("roles-conflict", 409, "These roles should lie apart",
        "Give them to two people, or have leadership accept it with a reason: POST /users/{name}/role-conflicts.")
        { OnScreens = "Give them to two people, or have leadership accept it with a reason." };
    public static readonly ProblemKind KeyDecides = new("key-decides", 409, "A key with these roles would decide",
        "Narrow it to rights that decide nothing, or have leadership accept it with a reason: POST /users/{name}/role-conflicts with key set.")
        { OnScreens = "Narrow it to rights that decide nothing, or have leadership accept it with a reason." };
    public static readonly ProblemKind SecondPersonNeeded = new("access-same-person", 403, "Another person must let them in",
        "Ask leadership: somebody else than who asked for it, and by no key of the same hand.");
    public static readonly ProblemKind RolesNotPending = new("roles-not-pending", 409, "No roles wait for leadership here",
        "Read the user: they were accepted or refused, or needed nobody else.");
    public static readonly ProblemKind NoSecondHalf = new("second-half-missing", 409, "No half of a password waits here",
        "It was shown before, or none was given; an administrator gives a new password with POST /users/{name}/password.")
        { OnScreens = "It was shown before, or none was given; an administrator gives a new password." };
    public static readonly ProblemKind DeputyCannotDecide = new("deputy-cannot-decide", 422, "A deputy decides, and this lends or receives nothing",
        "Name somebody whose roles may decide, for somebody whose roles may.");
    public static readonly ProblemKind NoUser = new("no-user", 409, "The caller is no user",
        "A key has no password, sessions or deputies; sign in as a user.");
    public static readonly ProblemKind UserUnknown = new("user-unknown", 404, "There is no such user",
        "GET /users lists the users there are.")
        { OnScreens = "The list of users names those there are." };
    public static readonly ProblemKind SessionUnknown = new("session-unknown", 404, "There is no such session",
        "It may have ended by itself; GET /me/sessions lists those there are.")
        { OnScreens = "It may have ended by itself." };
    public static readonly ProblemKind DeputyUnknown = new("deputy-unknown", 404, "There is no such deputy",
        "It may have been ended before; GET /users/{name}/deputies lists those there are.")
        { OnScreens = "It may have been ended before." };
    public static readonly ProblemKind ApiKeyUnknown = new("api-key-unknown", 404, "There is no valid key of this name",
        "GET /api-keys lists the keys there are.")
        { OnScreens = "The list of keys names those there are." };
    public static readonly ProblemKind ApiKeyShownOnce = new("api-key-shown-once", 409, "This call has made its key already",
        "A key is shown only in the answer that made it; revoke it and make another with a new Idempotency-Key.")
        { OnScreens = "A key is shown once only; revoke it and make another." };

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        SignInRefused, SignInLocked, PasswordOneTime, OwnAccount, SecondPersonNeeded, NoUser, UserUnknown, RolesConflict, KeyDecides, RolesNotPending, NoSecondHalf,
        DeputyCannotDecide, SessionUnknown, DeputyUnknown, ApiKeyUnknown, ApiKeyShownOnce,
    ];
}
