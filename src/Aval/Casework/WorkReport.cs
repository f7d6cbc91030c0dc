using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;
using Aval.Work;

namespace Aval.Casework;

/// <summary>The work lists as a table of words, for the command line: how much lies on each, or the lines of one.</summary>
/// <param name="Heads">Of the columns.</param>
public sealed record WorkReport(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    const int MostLines = 500;

    public static async Task<WorkReport> OfListsAsync(Store store, Facts company, CancellationToken cancel)
    {
        var lists = WorkListAnswer.Of(await WorkSearch.SumsAsync(store, new WorkFilter(), company.Through, cancel), company);
        return new WorkReport(
            ["list", "lines", "free", "late", "oldest", "held up"],
            [.. lists.Select(list => (IReadOnlyList<string>)
                [list.Owner, Text(list.Lines), Text(list.Free), Text(list.Late), Say.Iso(list.Oldest), Say.Amount(Money.Of(list.Amount, list.Currency))])]);
    }

    /// <param name="owner">A function or role; what is put off is left out.</param>
    public static async Task<WorkReport> OfLinesAsync(Store store, Facts company, string owner, CancellationToken cancel)
    {
        var lines = await WorkSearch.PageAsync(store, new WorkFilter([owner]), company.Through, null, 0, MostLines, cancel);
        return new WorkReport(
            ["id", "to do", "customer", "held up", "by", "taken by"],
            [.. lines.Select(line => (IReadOnlyList<string>)
            [
                line.First.Id, $"{WorkWords.ToDo(line.First)} {line.First.Subject}", line.First.Customer, Say.Amount(new Money(line.Amount, line.First.Currency)),
                line.First.DueOn is { } due ? Say.Iso(due) : "", line.First.Person ?? "",
            ])]);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
