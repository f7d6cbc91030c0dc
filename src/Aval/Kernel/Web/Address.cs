namespace Aval.Kernel.Web;

/// <summary>One declared address: everything that the server, the OpenAPI document and docs/permissions.md need to know of it.</summary>
/// <param name="Path">The template below <c>/api/v1</c>, as <c>/orders/{number}</c>.</param>
/// <param name="Permission">Who may call it. There is no address without one.</param>
/// <param name="Summary">One sentence, in the third person.</param>
/// <param name="Capability">The folder that declares it.</param>
/// <param name="Body">What it takes; null when it takes none.</param>
/// <param name="Answer">The type of its answer, or of each line of it.</param>
/// <param name="Status">Of an accepted call: 200, or 201 where something new gets its own address.</param>
/// <param name="Problems">The refusals of its own; those that every address has are added (<see cref="AllProblems"/>).</param>
public sealed record Address(
    string Method, string Path, Permission Permission, string Summary, string Capability, BodyShape? Body, Type Answer, int Status,
    IReadOnlyList<QueryField> Query, IReadOnlyList<ProblemKind> Problems)
{
    /// <summary>As clients write it: <c>POST /orders</c>; the scope of idempotency keys.</summary>
    public string Call { get; } = $"{Method} {Path}";

    /// <summary>True when an <c>Idempotency-Key</c> counts here.</summary>
    public bool TakesKey { get; } = Method is "POST" or "PUT" or "PATCH";

    /// <summary>True when it shows or edits a document whose states have tags: it answers an <c>ETag</c>, and takes <c>If-Match</c> where it changes something.</summary>
    public bool HasEditions { get; init; }

    /// <summary>True when it answers with server-sent events, each of which carries one answer.</summary>
    public bool IsStream { get; init; }

    /// <summary>The media types of the files as which it can answer, too.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Every refusal that may come from here, in order of precedence.</summary>
    public IReadOnlyList<ProblemKind> AllProblems => [.. Common(Method, Body).Concat(Problems).Concat(OfEditions).Append(KernelProblems.Internal).Distinct()];

    IReadOnlyList<ProblemKind> OfEditions => HasEditions && Method != "GET" ? [KernelProblems.VersionStale] : [];

    static IEnumerable<ProblemKind> Common(string method, BodyShape? body)
    {
        yield return KernelProblems.KeyUnknown;
        yield return KernelProblems.RateLimited;
        yield return KernelProblems.NotPermitted;
        if (body is not null)
        {
            yield return KernelProblems.MediaTypeUnsupported;
            yield return KernelProblems.BodyTooLarge;
            yield return KernelProblems.JsonMalformed;
        }

        yield return KernelProblems.FieldUnknown;
        yield return KernelProblems.FieldInvalid;
        if (method != "GET")
        {
            yield return KernelProblems.KeyReused;
            yield return KernelProblems.Busy;
        }

        yield return KernelProblems.StoreUnavailable;
    }
}

/// <summary>The types that describe body and answer in the OpenAPI document, where what is read and written itself is JSON with rules of its own.</summary>
/// <param name="Body">Null as what is read.</param>
public sealed record Described(Type? Body, Type Answer);

/// <summary>The kinds of body an address can take.</summary>
public enum BodyKind
{
    /// <summary>One JSON value.</summary>
    Json,
    /// <summary>One JSON value a line (NDJSON), answered line by line in the same order.</summary>
    Lines,
    /// <summary>A file, as it is.</summary>
    File,
}

/// <param name="Type">What JSON or each line is read into; for a file its bytes.</param>
/// <param name="MediaTypes">The first is the one to send.</param>
/// <param name="MostBytes">A longer one is refused with <c>body-too-large</c>.</param>
public sealed record BodyShape(BodyKind Kind, Type Type, IReadOnlyList<string> MediaTypes, long MostBytes)
{
    const long Mega = 1024 * 1024;

    /// <summary>What the server takes off the wire at most: an address's shorter bound is then answered, not met with a broken connection.</summary>
    public const long MostOfAll = 64 * Mega;

    public static BodyShape Json(Type type) => new(BodyKind.Json, type, ["application/json"], 8 * Mega);
    public static BodyShape Lines(Type type) =>
        new(BodyKind.Lines, type, ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/json"], MostOfAll);
    public static BodyShape File(params IReadOnlyList<string> mediaTypes) => new(BodyKind.File, typeof(ReadOnlyMemory<byte>), mediaTypes, MostOfAll);
}

/// <summary>One field of the query: <c>?asOf=2026-03-02</c>. Optional; a field that is not declared is refused with <c>field-unknown</c>.</summary>
/// <param name="Type">A type that one value has (<see cref="Leaf"/>): a date, a word, a number, a text.</param>
public sealed record QueryField(string Name, Type Type, string Meaning);
