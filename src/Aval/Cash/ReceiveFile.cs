using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Statements;

namespace Aval.Cash;

/// <param name="Statements">Those of the file, as recorded.</param>
/// <param name="Lines">What no earlier file had brought, payment by payment.</param>
/// <param name="Receipts">What became of the lines that came in and whose payer is known, in their order; those of a file sent again among them that an interrupted call had
/// left.</param>
/// <param name="Duplicates">How many payments an earlier file had brought.</param>
/// <param name="StraightThroughRate">Share, from 0 to 1, of the new payments that came in and found all their invoices without a person; null when none came in.</param>
public sealed record ReceivedFileAnswer(
    IReadOnlyList<StatementAnswer> Statements, IReadOnlyList<LineAnswer> Lines, IReadOnlyList<MatchAnswer> Receipts, int Duplicates, decimal? StraightThroughRate);

/// <summary>Takes a bank's file as it is, makes receipts of its lines, and looks for their invoices.</summary>
static class ReceiveFile
{
    internal static void Map(Api api) => ImportFile.Map<ReceivedFileAnswer>(api, async (imported, request, cancel) =>
    {
        var matching = new LineMatching(request.Store, request.Desk.Directory, (command, part) => request.SubmitAsync(command, part));
        var lines = new List<LineAnswer>();
        var matches = new List<MatchAnswer>();
        foreach (var number in await matching.RunAsync(imported.ToLookAt, cancel))
            if (await ReadMatches.AnswerAsync(request, number, cancel) is { Value: { } match }) matches.Add(match);
        var query = new StatementsQuery(request.Store);
        foreach (var line in imported.Lines) lines.Add(LineAnswer.Of(await query.LineAsync(line.Number, cancel) ?? line));
        var coming = imported.Lines.Where(line => line.Amount > 0).Select(line => line.Number).ToHashSet(StringComparer.Ordinal);
        var through = matches.Count(match => match is { Status: MatchStatus.Posted, Unapplied: 0 } && coming.Contains(match.Number));
        return new ReceivedFileAnswer(
            [.. imported.Statements.Select(StatementAnswer.Of)], lines, matches, imported.Duplicates,
            coming.Count == 0 ? null : Math.Round((decimal)through / coming.Count, 4, MidpointRounding.AwayFromZero));
    });
}
