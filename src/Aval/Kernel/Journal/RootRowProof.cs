using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>
/// The root's own row: number, head and date are those of its last entry; nothing that falls due is forgotten; what waits will be looked at.
/// <c>next_due</c> may be earlier than the facts say, never later, but while all roots are going to be looked at: it only says when to look.
/// </summary>
sealed class RootRowProof(Composition composition)
{
    const string Table = "root";

    /// <param name="facts">As the entries tell them; null when they cannot be replayed.</param>
    /// <param name="company">Null when its facts cannot be read, which shows at its own root.</param>
    public void Check(Faults faults, RootRow row, byte[] head, long last, DateOnly? date, Facts? facts, SeenCompany? company)
    {
        if (row.Sequence != last) faults.Add(last, $"The root's row says {row.Sequence} entries; the last one is {last}.");
        else if (!row.HeadHash.AsSpan().SequenceEqual(head)) faults.Add(last, "The head in the root's row is not the last entry's hash.");
        if (date is not null && row.BusinessDate != date)
            Fail(faults, row, last, $"The business date in the root's row is {row.BusinessDate:yyyy-MM-dd}; that of the last entry is {date:yyyy-MM-dd}.");
        if (facts is not null && company is not null) CheckDue(faults, row, last, facts, company);
        if (row.Waiting is not null) CheckWaiting(faults, row, last, company?.Facts.Through ?? row.BusinessDate);
    }

    void CheckDue(Faults faults, RootRow row, long last, Facts facts, SeenCompany company)
    {
        if (row.Root == Facts.Company)
        {
            if (row.NextDue is not null) Fail(faults, row, last, "The company's row has a due date; nothing falls due there.");
        }
        else if (composition.NextDue(facts, company.Facts) is { } due && !(row.NextDue <= due || company.BringsDatesNearer))
        {
            Fail(faults, row, last, $"Something falls due on {due:yyyy-MM-dd}, and the root's row {(row.NextDue is { } next ? $"says {next:yyyy-MM-dd}" : "says nothing of it")}.");
        }
    }

    void CheckWaiting(Faults faults, RootRow row, long last, DateOnly today)
    {
        try
        {
            foreach (var (rule, _) in Waiting.Read(row.Waiting))
                if (!composition.Reactions.Any(reaction => reaction.Rule == rule)) Fail(faults, row, last, $"Something waits for the rule {rule}, which does not exist.");
            if (!(row.NextDue <= today)) Fail(faults, row, last, "Something waits, and no due date says that it will be looked at.");
        }
        catch (Exception e) when (e is JsonException or IndexOutOfRangeException or ArgumentNullException or NullReferenceException)
        {
            Fail(faults, row, last, "What waits cannot be read.");
        }
    }

    static void Fail(Faults faults, RootRow row, long last, string what) => faults.Add(last, Table, row.Root, what);
}
