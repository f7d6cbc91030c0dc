using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Something that somebody asks Aval to do: an immutable value with a pure decision. It changes nothing until the Desk commits it.</summary>
public abstract record Command
{
    /// <summary>The verb that the journal keeps, in camel case: <c>enterOrder</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The numbers under which this may happen only once; the first of them that was used answers.</summary>
    public virtual IReadOnlyList<Claim> Claims => [];

    /// <summary>The caller's idempotency key for this very call, which may be used once too; null when none was sent.</summary>
    public Claim? Key { get; init; }

    /// <summary>The document that it edits, of which a caller may say what they have read; null for what edits none.</summary>
    public virtual Cite? Edits => null;

    /// <summary>The states of it that the caller has read (<see cref="Edition"/>): in any other it is refused with <c>version-stale</c>. Null when they did not say.</summary>
    public IReadOnlyList<string>? Read { get; init; }

    /// <summary><see cref="Claims"/> and <see cref="Key"/>.</summary>
    public IReadOnlyList<Claim> AllClaims => Key is null ? Claims : [Key, .. Claims];

    /// <summary>What can be refused without any facts: fields out of range, amounts with too many decimals. Asked before anything is locked.</summary>
    public virtual Problem? Refuse() => null;

    /// <summary>The party or document whose root this belongs to.</summary>
    public abstract Subject Subject { get; }

    /// <summary>Existing documents that the decision reads and that may be closed, hence absent from the facts.</summary>
    public virtual IReadOnlyList<Cite> Cites => [];

    /// <summary>True when it changes what no root owns, or which root a party belongs to: it then holds the company's row alone.</summary>
    public virtual bool ChangesStructure => false;

    /// <summary>Further roots that it locks and changes, by what the directory says: only for commands that cross roots.</summary>
    public virtual Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>True when the decision may move rows between its roots: closed documents, which the facts leave out, are then read under the lock.</summary>
    /// <param name="roots">What is known of the roots that it holds: with one alone there is nowhere to move to.</param>
    public virtual bool MovesRows(IReadOnlyList<Facts> roots) => false;

    /// <summary>True when the decision asks what has ever stood at its roots: closed documents are then read under the lock, as for one that moves rows.</summary>
    /// <param name="facts">Of its own root.</param>
    public virtual bool LooksAtClosed(Facts facts) => false;

    /// <summary>False for one that may find nothing to do: it then leaves no entry, and its claims remain unused.</summary>
    public virtual bool AlwaysLeavesEntry => true;

    /// <summary>Refuses when what it edits is not as it was read.</summary>
    internal Problem? RefuseStale(Case @case)
    {
        if (Read is null || Edits is not { } edited) return null;
        // It may stand at another of the roots: a bank line waits at that of its account.
        var found = @case.Facts.Find(edited.Row, edited.Key) ?? @case.Roots.Select(root => @case.Of(root).Find(edited.Row, edited.Key)).FirstOrDefault(row => row is not null);
        return found is { } row
            ? Edition.IsAmong(Read, edited.Table, row) ? null : KernelProblems.VersionStale.With($"{edited.Key} is not as it was read.")
            : KernelProblems.VersionStale.With($"{edited.Key} is not there.");
    }

    /// <summary>Why it cannot be one of many that are decided at one root and leave one entry, as the rows of a file in masses; asked before <see cref="Decide"/>.</summary>
    public virtual Problem? RefuseInMasses(Case @case) => null;

    /// <summary>Decides on the facts of the case and records what changes; or refuses, and nothing of it remains.</summary>
    public abstract Problem? Decide(Case @case);

    /// <summary>True when it decides the same whatever others like it record at its root, and all that it records are new rows under numbers that it claims: in masses the
    /// facts then grow once by the rows of many.</summary>
    public virtual bool StandsAlone => false;

    /// <summary>Why <see cref="Decide"/> would refuse, where that can be told without recording anything.</summary>
    public virtual Problem? WouldRefuse(Case @case) => Decide(@case);
}

/// <summary>What a command is about, so that its root can be found.</summary>
/// <param name="Scope">Null for a party; else the kind of document, as in its <see cref="Claim"/>.</param>
/// <param name="Number">The party's or document's number.</param>
/// <param name="Unknown">How to refuse when there is no such; null when the party may be new, and is then its own root.</param>
public sealed record Subject(string? Scope, string Number, ProblemKind? Unknown)
{
    public static readonly Subject Company = new(null, Facts.Company, null);
    public static Subject Party(string number, ProblemKind unknown) => new(null, number, unknown);
    public static Subject NewParty(string number) => new(null, number, null);
    public static Subject Document(string scope, string number, ProblemKind unknown) => new(scope, number, unknown);
}

/// <summary>A number or idempotency key that may be used once, with the content it was used for.</summary>
/// <remarks>Its content is hashed when that is first asked for: of the rows of a file that are only tried, never.</remarks>
public sealed record Claim
{
    static readonly JsonWriterOptions Writing = new() { Encoder = Json.Canonical.Encoder, SkipValidation = true };

    [ThreadStatic]
    static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? written;

    readonly Func<byte[]> hashing;
    byte[]? hash;

    Claim(string scope, string number, string party, Func<byte[]> hashing) => (Scope, Number, Party, this.hashing) = (scope, number, party, hashing);

    /// <summary>The kind of document (<c>order</c>), or actor and call for an idempotency key.</summary>
    public string Scope { get; }

    /// <summary>The number or key, unique in its scope across the company.</summary>
    public string Number { get; init; }

    /// <summary>The party whose root keeps the document, now and after any move.</summary>
    public string Party { get; init; }

    /// <summary>SHA-256 of what was asked: the same content gets the stored answer, other content is refused with <c>key-reused</c>.</summary>
    public byte[] ContentHash => hash ??= hashing();

    /// <summary>The claim of a document's own number. The content is hashed in its JSON form, so that spelling and order of fields do not matter.</summary>
    public static Claim Document<TContent>(string scope, string number, TContent content, string party) => new(scope, number, party, () => HashOf(content));

    /// <summary>The claim of an idempotency key: it holds for one actor and one call.</summary>
    public static Claim OfKey<TContent>(Actor actor, string call, string key, TContent content) => new($"{actor} {call}", key, "", () => HashOf(content));

    /// <summary>Hashes the contents now, and not where they are first compared: under locks.</summary>
    internal static IReadOnlyList<Claim> Hashed(IReadOnlyList<Claim> claims)
    {
        for (var i = 0; i < claims.Count; i++) claims[i].hash ??= claims[i].hashing();
        return claims;
    }

    static byte[] HashOf<TContent>(TContent content)
    {
        if (written is not var (buffer, json))
        {
            buffer = new ArrayBufferWriter<byte>(1024);
            written = (buffer, json = new Utf8JsonWriter(buffer, Writing));
        }

        buffer.ResetWrittenCount();
        json.Reset();
        JsonSerializer.Serialize(json, content, Json.Canonical);
        json.Flush();
        return SHA256.HashData(buffer.WrittenSpan);
    }
}

/// <summary>An existing document by table and key, which the Desk brings into the facts when it is not there.</summary>
public readonly record struct Cite(Table Table, Type Row, string Key)
{
    public static Cite Of<TRow>(Table<TRow> table, string key) where TRow : class => new(table, typeof(TRow), key);
}

/// <summary>Which root a party belongs to, and what hangs under it.</summary>
public interface IDirectory
{
    /// <summary>The party's root, or null when there is no such party.</summary>
    Task<string?> RootOfAsync(string party, CancellationToken cancel);

    /// <summary>The party that a document belongs to, or null when there is no such document.</summary>
    Task<string?> PartyOfAsync(string scope, string number, CancellationToken cancel);

    /// <summary>The parties that name this one as directly above them (payer or group), whether it exists yet or not; with their roots, by number.</summary>
    Task<IReadOnlyList<(string Party, string Root)>> UnderAsync(string party, CancellationToken cancel);
}

/// <summary>What was done: the journal entry's place, the rows it wrote and the facts after it.</summary>
/// <param name="Rows">In the order written. After a repeat they are read back from the journal.</param>
/// <param name="Result">JSON that the decision left for its answer; null for most, whose answer is their rows.</param>
/// <param name="Repeated">True when this had been done before, and the stored answer is given again.</param>
/// <param name="Before">Facts that the decision saw; null after a repeat.</param>
/// <param name="After">Facts with the decision's rows; null after a repeat.</param>
public sealed record Outcome(
    string Root, long Sequence, IReadOnlyList<object> Rows, byte[]? Result, bool Repeated, Facts? Before, Facts? After, Facts? Company)
{
    public TRow? Row<TRow>() where TRow : class => Rows.OfType<TRow>().LastOrDefault();
}

/// <summary>An outcome or a refusal.</summary>
public readonly record struct Answer(Outcome? Outcome, Problem? Problem)
{
    public static implicit operator Answer(Problem problem) => new(null, problem);
    public static implicit operator Answer(Outcome outcome) => new(outcome, null);
}

/// <summary>Work that a date brings: limits end, authorizations expire, orders enter the horizon.</summary>
public interface IDue
{
    /// <summary>The rule that the journal names as the actor.</summary>
    string Rule { get; }

    /// <summary>The first date after <see cref="Facts.Through"/> with work, or null. Must be quick: it is asked after every command.</summary>
    DateOnly? Next(Facts facts, Facts company);

    /// <summary>Does the work of the case's date: one case, one journal entry; none is written when nothing was recorded.</summary>
    void Run(Case @case);

    /// <summary>True where a root that has reached the company's date has work of that day all the same, by what the company has decided on it; false once that is done.</summary>
    bool IsReopened(Facts facts, Facts company) => false;

    /// <summary>Does that work and no other of the day, which was done.</summary>
    void RunReopened(Case @case)
    {
    }
}

/// <summary>Work that follows at once when facts have changed: the re-check of blocks that nobody has decided.</summary>
public interface IReaction
{
    /// <summary>The rule that the journal names as the actor.</summary>
    string Rule { get; }

    /// <summary>The keys of what must be looked at after these rows, in the order in which it is done; bounded by the Desk, the rest follows later.</summary>
    IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows);

    /// <summary>The keys of what may be concerned when something has changed that no root owns: a policy, a rate. In the order in which it is done.</summary>
    IReadOnlyList<string> Concerns(Facts facts, Facts company) => [];

    /// <summary>True when all of it belongs to the commit that woke it, however much it is: what the next decision stands on.</summary>
    bool Whole => false;

    /// <summary>Does one of them; none is written when nothing was recorded.</summary>
    void Run(Case @case, string key);
}
