namespace Aval.Kernel;

/// <summary>One way in which Aval refuses: permanent kebab-case code, HTTP status, a title and what the caller can do.</summary>
/// <remarks>The catalogue is closed: kinds are declared as static fields by the capability whose rule refuses, and listed in its <see cref="ICapability.Problems"/>
/// in order of precedence. <c>docs/problems.md</c> is generated from them.</remarks>
public sealed record ProblemKind(string Code, int Status, string Title, string Remedy)
{
    /// <summary>What somebody at a screen can do, where <see cref="Remedy"/> speaks to a caller of the API; null where it speaks to both.</summary>
    public string? OnScreens { get; init; }

    /// <param name="detail">One sentence with the names and numbers of this case.</param>
    public Problem With(Wording detail, string? field = null) => new(this, detail, field);
}

/// <summary>A refusal: nothing was changed, and this says why and where.</summary>
/// <param name="Kind">Which of the catalogue.</param>
/// <param name="Said">One sentence with the names and numbers of this case.</param>
/// <param name="Field">Path of the field of the request that is meant, as <c>lines[0].quantity</c>; null when none is.</param>
public sealed record Problem(ProblemKind Kind, Wording Said, string? Field = null)
{
    /// <summary>The sentence in English.</summary>
    public string Detail => Said.ToString();

    public string Code => Kind.Code;
    public override string ToString() => $"{Code}: {Detail}";
}

/// <summary>The refusals that need no credit words.</summary>
public static class KernelProblems
{
    public static readonly ProblemKind JsonMalformed = new("json-malformed", 400, "The body is not JSON",
        "Send well-formed JSON of the shape that the OpenAPI document gives.")
        { OnScreens = "Load the page again, and tell your administrator if it happens once more." };
    public static readonly ProblemKind KeyUnknown = new("key-unknown", 401, "No valid key",
        "Send Authorization: Bearer with a key that an administrator has made.")
        { OnScreens = "Sign in once more." };
    public static readonly ProblemKind RateLimited = new("rate-limited", 429, "More requests than this key may send",
        "Wait for the seconds in Retry-After, and send fewer or larger ones: many documents go into one batch. An administrator gives a key its number.")
        { OnScreens = "Wait a moment, then send it once more." };
    public static readonly ProblemKind NotPermitted = new("not-permitted", 403, "Your roles do not allow this",
        "Ask somebody whose role does; docs/permissions.md says which.")
        { OnScreens = "Ask somebody whose role allows it." };
    public static readonly ProblemKind NotFound = new("not-found", 404, "There is nothing at this address",
        "See the OpenAPI document for the addresses there are.")
        { OnScreens = "Load the page again, and tell your administrator if it happens once more." };
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "This address does not take this method",
        "See the OpenAPI document for the methods an address takes.")
        { OnScreens = "Load the page again, and tell your administrator if it happens once more." };
    public static readonly ProblemKind MediaTypeUnsupported = new("media-type-unsupported", 415, "The body is of a type this address does not take",
        "Send Content-Type: application/json, or what the OpenAPI document gives for this address.")
        { OnScreens = "Load the page again, and tell your administrator if it happens once more." };
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", 413, "The body is too large",
        "Send large amounts of documents in batches or as an import.")
        { OnScreens = "Send less at once." };
    public static readonly ProblemKind FieldUnknown = new("field-unknown", 422, "A field is not known",
        "Correct the spelling; an unknown field is refused so that a typo never becomes a check that was silently skipped.")
        { OnScreens = "Load the page again, and tell your administrator if it happens once more." };
    public static readonly ProblemKind FieldInvalid = new("field-invalid", 422, "A field is missing or has no valid value",
        "Correct the field that the detail names.")
        { OnScreens = "Correct it and send it once more." };
    public static readonly ProblemKind KeyReused = new("key-reused", 409, "This number or idempotency key was used with other content",
        "Use a new number, or send exactly what was sent first.");
    public static readonly ProblemKind VersionStale = new("version-stale", 412, "Somebody has changed this since you read it",
        "Read it again and decide on what it says now.");
    public static readonly ProblemKind NotInMasses = new("not-in-masses", 422, "This row cannot be taken in masses",
        "Take it without --bulk: it changes what is there already, or who belongs together.")
        { OnScreens = "Enter it by itself." };
    public static readonly ProblemKind Busy = new("busy", 503, "More work is waiting than can be taken",
        "Try again after the seconds in Retry-After; nothing was changed.")
        { OnScreens = "Wait a moment, then send it once more." };
    public static readonly ProblemKind StoreUnavailable = new("store-unavailable", 503, "The database did not answer",
        "Try again with the same number or idempotency key; what was stored is answered, not done twice.")
        { OnScreens = "Wait a moment, then send it once more." };
    public static readonly ProblemKind Internal = new("internal-error", 500, "Aval has a defect here",
        "Report it with the trace id; nothing was changed by this call.")
        { OnScreens = "Load the page again, and tell your administrator if it happens once more." };

    /// <summary><c>field-invalid</c> of a field that breaks a rule, which goes on from its name: <c>must be above zero</c>.</summary>
    public static Problem Invalid(string field, Wording rule) => FieldInvalid.With($"{field} {rule}.", field);

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        JsonMalformed, KeyUnknown, RateLimited, NotPermitted, NotFound, MethodNotAllowed, MediaTypeUnsupported, BodyTooLarge, FieldUnknown, FieldInvalid,
        KeyReused, VersionStale, NotInMasses, Busy, StoreUnavailable, Internal,
    ];
}
