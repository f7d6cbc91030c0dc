using System.Globalization;
using System.Text;
using Aval.Cash;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Statements;

namespace Aval.Simulation;

/// <summary>The bank's files of two days near the end: payments that find their invoices, on the last day some that leave a doubt, one of nobody knows whom, and the bank's
/// charge.</summary>
sealed class BankPost(SimulationPlan plan, Desk desk, Store store, Colleagues people)
{
    const string Account = "DE02120300000000202051";
    const long Opening = 12_400_000;

    public async Task ReceiveAsync(DateOnly day, CancellationToken cancel)
    {
        if (day != plan.EndDate && day != WorkingDays.OnOrAfter(plan.EndDate.AddDays(-7))) return;
        var entries = await EntriesAsync(day);
        if (day == plan.EndDate) entries.AddRange(await new DoubtfulPayments(store, people, cancel).OfAsync(day, [.. entries.Select(entry => entry.Name)]));
        Task<Answer> SubmitAsync(Command command, string _) => desk.SubmitAsync(command, Colleagues.Omar, cancel: cancel);
        var file = new BankFile(string.Create(CultureInfo.InvariantCulture, $"statement-{day:yyyyMMdd}.sta"), Encoding.UTF8.GetBytes(Message(day, entries)));
        var taken = await new StatementImport(store, SubmitAsync).RunAsync([file], await desk.CompanyAsync(cancel), null, acceptDifferences: false, cancel);
        if (taken.Value is { } files) await new LineMatching(store, desk.Directory, SubmitAsync).RunAsync(files.ToLookAt, cancel);
    }

    /// <summary>Whole invoices by number, one named with less than it is, and what the directory does not know.</summary>
    async Task<List<(long Minor, string Name, string Says)>> EntriesAsync(DateOnly day)
    {
        var entries = new List<(long, string, string)>();
        foreach (var regular in Regulars.Of(plan).Where(regular => regular.Pays != PayingHabit.Failing).Take(5))
        {
            var owed = (await people.FactsAsync(regular.Number)).Get<ReceivablesFacts>().RowsOf(regular.Number).OfType<Invoice>()
                .Where(invoice => invoice.IsOpen && invoice.Date < day && invoice.Parts.Count == 0).OrderBy(invoice => invoice.DueDate)
                .ThenBy(invoice => invoice.Number, StringComparer.Ordinal).FirstOrDefault();
            if (owed is null) continue;
            entries.Add(entries.Count switch
            {
                0 or 1 => (owed.Free, regular.Name, owed.Number),
                2 => (owed.Free * 9 / 10, regular.Name, owed.Number + " less our claim"),
                _ => (owed.Free, regular.Name, "Payment of our account"),
            });
        }

        entries.Add((184_350, "Bakker Retail Diensten", "Ref 77-0142 office supplies"));
        entries.Add((-1_290, "", "Account charges"));
        return entries;
    }

    static string Message(DateOnly day, List<(long Minor, string Name, string Says)> entries)
    {
        var text = new StringBuilder();
        var date = day.ToString("yyMMdd", CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $":20:ST{date}\n:25:{Account}\n:28C:{day.DayOfYear}\n:60F:C{date}EUR{Comma(Opening)}\n");
        foreach (var (minor, name, says) in entries)
            text.Append(CultureInfo.InvariantCulture, $":61:{date}{date[2..]}{(minor < 0 ? 'D' : 'C')}{Comma(Math.Abs(minor))}NTRFNONREF\n:86:166?00TRANSFER?20{says}?32{name}\n");
        text.Append(CultureInfo.InvariantCulture, $":62F:C{date}EUR{Comma(Opening + entries.Sum(entry => entry.Minor))}\n-\n");
        return text.ToString();
    }

    static string Comma(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100},{minor % 100:D2}");
}
