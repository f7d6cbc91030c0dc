using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Import;

/// <summary>One row as a command, with what the file is ordered and summed by.</summary>
/// <param name="Number">Its own number; of a row without one, a digest of what it says.</param>
/// <param name="Party">The party to whose root it belongs.</param>
readonly record struct BulkRow(Command Command, string Number, string Party, Amount? Amount)
{
    /// <summary>The command of the so-many-th row that says the same; null where rows have numbers of their own.</summary>
    public Func<int, Command>? Nth { get; init; }

    /// <summary>Whom a party that it enters hangs under.</summary>
    public Above Above { get; init; }

    /// <summary>A row without a number of its own, keyed as row by row: by what it says, and how often it was said.</summary>
    public static BulkRow ByContent<TRow>(string kind, TRow row, Command command, string party, Amount? amount)
    {
        TRow[] rows = [row];
        var content = ContentKey.Of(rows);
        return new BulkRow(command, content, party, amount) { Nth = seen => command with { Key = ContentKey.Claim(kind, content, seen, rows) } };
    }
}

/// <summary>Payer and group of a party, by their numbers.</summary>
readonly record struct Above(string? Payer, string? Group);

/// <summary>What stands for the number of rows that have none.</summary>
static class ContentKey
{
    public static string Of<TRow>(IReadOnlyList<TRow> rows) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rows, Json.Options))).ToString("x32", CultureInfo.InvariantCulture);

    /// <param name="seen">How often the file has said it by now.</param>
    public static Claim Claim<TRow>(string kind, string content, int seen, IReadOnlyList<TRow> rows) =>
        Kernel.Claim.OfKey(Kind.Importer, "import " + kind, FormattableString.Invariant($"{content}-{seen}"), rows);
}

/// <summary>Reads rows of one file; not safe for several threads.</summary>
delegate Answered<BulkRow> BulkReader(CsvRecord record);

/// <summary>A kind of file that is taken in masses: each row is one command at the root of one party.</summary>
/// <param name="verb">What the journal calls the entry that a part of a file leaves at a root.</param>
/// <param name="unknown">How a row is refused whose party does not exist; null for rows that enter parties.</param>
/// <param name="reads">The tables that tell whether a row would be refused, beside the documents that it cites.</param>
abstract class BulkKind(string verb, ProblemKind? unknown, IReadOnlyList<Table> reads)
{
    public string Verb => verb;
    public IReadOnlyList<Table> Reads => reads;

    /// <summary>True for rows that enter parties: while a part of them is recorded nobody else does anything.</summary>
    public bool Enters => unknown is null;

    public abstract Answered<BulkReader> Open(IReadOnlyList<string> columns);

    public Problem Unknown(string party) => Desk.Unknown(Subject.Party(party, unknown!));
}

/// <inheritdoc/>
/// <param name="reader">Reads a row, or says what is wrong with it.</param>
/// <param name="swift">Reads what is plainly right straight from its bytes, or gives null: then <paramref name="reader"/> reads the row. Null for columns, or a kind, that it
/// does not know.</param>
sealed class BulkKind<TRow>(
    string verb, ProblemKind? unknown, IReadOnlyList<Table> reads, Func<IReadOnlyList<string>, Answered<RowReader<TRow>>> reader,
    Func<IReadOnlyList<string>, Func<CsvRecord, TRow?>?> swift, Func<TRow, BulkRow> row)
    : BulkKind(verb, unknown, reads)
    where TRow : class
{
    public override Answered<BulkReader> Open(IReadOnlyList<string> columns)
    {
        var read = reader(columns);
        if (read.Problem is { } problem) return problem;
        var atOnce = swift(columns);
        return (BulkReader)(record =>
        {
            if (atOnce?.Invoke(record) is { } plain) return row(plain);
            var body = read.Value!(record);
            return body.Problem is { } fault ? fault : row(body.Value!);
        });
    }
}
