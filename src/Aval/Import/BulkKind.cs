using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Import;

/// <summary>One row as a command, with what the file is ordered and summed by.</summary>
/// <param name="Party">The party to whose root it belongs.</param>
readonly record struct BulkRow(Command Command, string Number, string Party, Amount Amount);

/// <summary>Reads rows of one file; not safe for several threads.</summary>
delegate Answered<BulkRow> BulkReader(CsvRecord record);

/// <summary>A kind of file that is taken in masses: each row is one command, with a number of its own, at the root of one party.</summary>
/// <param name="verb">What the journal calls the entry that a part of a file leaves at a root.</param>
/// <param name="unknown">How a row is refused whose party does not exist.</param>
/// <param name="reads">The tables that tell whether a row would be refused, beside the documents that it cites.</param>
abstract class BulkKind(string verb, ProblemKind unknown, IReadOnlyList<Table> reads)
{
    public string Verb => verb;
    public IReadOnlyList<Table> Reads => reads;

    public abstract Answered<BulkReader> Open(IReadOnlyList<string> columns);

    public Problem Unknown(string party) => Desk.Unknown(Subject.Party(party, unknown));
}

/// <inheritdoc/>
/// <param name="swift">Reads what is plainly right straight from its bytes, or gives null: then <see cref="Header.Plain"/> reads the row, and says what is wrong with it.
/// Null for columns, or a kind, that it does not know.</param>
sealed class BulkKind<TBody>(
    string verb, ProblemKind unknown, IReadOnlyList<Table> reads, Func<IReadOnlyList<string>, Func<CsvRecord, TBody?>?> swift, Func<TBody, BulkRow> row)
    : BulkKind(verb, unknown, reads)
    where TBody : class
{
    public override Answered<BulkReader> Open(IReadOnlyList<string> columns)
    {
        var read = Header.Plain<TBody>(columns);
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
