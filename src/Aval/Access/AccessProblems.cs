using Aval.Kernel;

namespace Aval.Access;

/// <summary>How the keys' use cases refuse.</summary>
public static class AccessProblems
{
    public static readonly ProblemKind ApiKeyUnknown = new("api-key-unknown", 404, "There is no valid key of this name",
        "GET /api-keys lists the keys there are.");
    public static readonly ProblemKind ApiKeyShownOnce = new("api-key-shown-once", 409, "This call has made its key already",
        "A key is shown only in the answer that made it; revoke it and make another with a new Idempotency-Key.");
}
