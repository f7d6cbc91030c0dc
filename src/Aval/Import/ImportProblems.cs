using Aval.Kernel;

namespace Aval.Import;

/// <summary>What is refused of files, before any rule of the business is asked.</summary>
public static class ImportProblems
{
    public static readonly ProblemKind FileUnknown = new("file-unknown", 422, "The folder holds a file that a history does not have",
        "Name it as docs/operating/import-and-replay.md says, or take it out of the folder; a misspelt name never becomes documents silently left out.")
        { OnScreens = "Give it the name of a file that a history has, or take it out of the folder." };
    public static readonly ProblemKind RowMalformed = new("row-malformed", 422, "A row of the file cannot be read",
        "Write the file as CSV (RFC 4180) in UTF-8: fields separated by commas, quoted where they hold one, and as many as the header has.");
    public static readonly ProblemKind RowsDisagree = new("rows-disagree", 422, "Rows of one document say different things of it",
        "Give every row of a document the same values in the columns that are not its lines'.");
    public static readonly ProblemKind LineWithoutOrder = new("line-without-order", 422, "A line names an order that the file of orders does not have",
        "Add the order to the orders file, or take the line out of the lines file.");

    public static IReadOnlyList<ProblemKind> All { get; } = [FileUnknown, RowMalformed, RowsDisagree, LineWithoutOrder];
}

/// <summary>Files in and through the checks: <c>aval import</c> and <c>aval replay</c>.</summary>
public sealed class ImportCapability : ICapability
{
    public string Name => "Import";
    public IReadOnlyList<ProblemKind> Problems => ImportProblems.All;
}
