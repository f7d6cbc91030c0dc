using System.Globalization;
using System.Text;
using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>The bank's statements of a history (MT940): a file a month and currency, each day of payments a statement that begins with the balance of the day before.</summary>
/// <remarks>Payments come customer by customer. They are written to one part a month at once; when all have come, each month is dealt out to its days, and the days are
/// put together in order. So memory holds none of them, however many there are.</remarks>
sealed class BankFiles : IDisposable
{
    const string Ending = ".sta", Unfinished = SimulationFolder.Unfinished;

    /// <summary>Ours, one number for all currencies.</summary>
    const string Account = "DE02120300000000202051";

    /// <summary>In whole units of each currency, before the first day.</summary>
    const long Opening = 100_000;

    readonly string folder;
    readonly SortedDictionary<string, StreamWriter> months = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (long Minor, int Statements)> balances = new(StringComparer.Ordinal);

    public BankFiles(string history)
    {
        folder = Path.Combine(history, SimulationFolder.Bank);
        if (!Directory.Exists(folder)) return;
        foreach (var earlier in Directory.EnumerateFiles(folder, "*" + Ending).Concat(Directory.EnumerateFiles(folder, "*" + Unfinished)).ToList()) File.Delete(earlier);
    }

    /// <summary>How many payments, the bank's charges not among them, and in how many files.</summary>
    public long Payments { get; private set; }

    public int Files { get; private set; }

    public void Add(BankEntry entry)
    {
        var month = entry.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (!months.TryGetValue(month, out var part)) months[month] = part = Open(month);
        part.Write(string.Create(CultureInfo.InvariantCulture, $"{entry.Day:dd}\t{entry.Amount.Currency}\t{entry.Amount.Minor}\t{entry.Name}\t{entry.Account}\t{entry.Says}\n"));
        Payments++;
    }

    public void Finish()
    {
        foreach (var (month, part) in months)
        {
            part.Dispose();
            PutTogether(month, DealOut(month));
            File.Delete(PartOf(month));
        }
    }

    public void Dispose()
    {
        foreach (var part in months.Values) part.Dispose();
    }

    /// <summary>One part a currency and day, with what it comes to.</summary>
    SortedDictionary<(string Currency, int Day), long> DealOut(string month)
    {
        var sums = new SortedDictionary<(string, int), (StreamWriter Part, int Entries, long Sum)>();
        foreach (var line in File.ReadLines(PartOf(month)))
        {
            var fields = line.Split('\t');
            var (day, currency, minor) = (int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], long.Parse(fields[2], CultureInfo.InvariantCulture));
            if (!sums.TryGetValue((currency, day), out var dealt)) dealt = (Open(DayOf(month, currency, day)), 0, 0);
            dealt.Part.Write(Swift($"{month}-{day:D2}", dealt.Entries + 1, new Money(minor, Currency.Of(currency)), "TRANSFER", fields[5], fields[4], fields[3]));
            sums[(currency, day)] = (dealt.Part, dealt.Entries + 1, dealt.Sum + minor);
        }

        foreach (var (currency, last) in sums.Keys.GroupBy(key => key.Item1, (currency, days) => (currency, days.Max(day => day.Item2))).ToList())
        {
            var (part, entries, sum) = sums[(currency, last)];
            var charge = new Money(-12 * Currency.Of(currency).MinorPerMajor, Currency.Of(currency));
            part.Write(Swift($"{month}-{last:D2}", entries + 1, charge, "CHARGES", "Charges of the month", "", ""));
            sums[(currency, last)] = (part, entries + 1, sum + charge.Minor);
        }

        foreach (var (part, _, _) in sums.Values) part.Dispose();
        return new(sums.ToDictionary(of => of.Key, of => of.Value.Sum));
    }

    void PutTogether(string month, SortedDictionary<(string Currency, int Day), long> days)
    {
        foreach (var ofCurrency in days.GroupBy(day => day.Key.Currency, StringComparer.Ordinal))
        {
            var currency = Currency.Of(ofCurrency.Key);
            var whole = Path.Combine(folder, $"{month}-{currency}{Ending}");
            using (var file = Open($"{month}-{currency}"))
                foreach (var ((_, day), sum) in ofCurrency)
                {
                    var (before, statements) = balances.TryGetValue(currency.Code, out var known) ? known : (Opening * currency.MinorPerMajor, 0);
                    var date = DateOnly.ParseExact($"{month}-{day:D2}", "yyyy-MM-dd", CultureInfo.InvariantCulture);
                    file.Write(string.Create(
                        CultureInfo.InvariantCulture, $":20:ST{date:yyMMdd}\r\n:25:{Account}\r\n:28C:{statements + 1}/1\r\n:60F:{Told(before, currency, date)}\r\n"));
                    file.Flush();
                    using (var part = File.OpenRead(PartOf(DayOf(month, currency.Code, day)))) part.CopyTo(file.BaseStream);
                    file.Write($":62F:{Told(before + sum, currency, date)}\r\n-\r\n");
                    balances[currency.Code] = (before + sum, statements + 1);
                    file.Flush();
                    File.Delete(PartOf(DayOf(month, currency.Code, day)));
                }

            File.Move(PartOf($"{month}-{currency}"), whole, overwrite: true);
            Files++;
        }
    }

    /// <summary>An entry with its details in subfields of 27 places, as German banks write it.</summary>
    static string Swift(string day, int count, Money amount, string kind, string says, string account, string name)
    {
        var date = day.Replace("-", "", StringComparison.Ordinal)[2..];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $":61:{date}{date[2..]}{(amount.Minor < 0 ? 'D' : 'C')}{Comma(amount)}NTRFNONREF//{date}{count:D6}\r\n:86:166?00{kind}");
        foreach (var (at, part) in Cut(says).Index()) text.Append(CultureInfo.InvariantCulture, $"\r\n?{20 + at}{part}");
        if (account.Length > 0) text.Append(CultureInfo.InvariantCulture, $"\r\n?31{account}");
        foreach (var (at, part) in Cut(name).Index()) text.Append(CultureInfo.InvariantCulture, $"\r\n?{32 + at}{part}");
        return text.Append("\r\n").ToString();
    }

    static IEnumerable<string> Cut(string text) => text.Chunk(27).Take(10).Select(part => new string(part));

    static string Told(long minor, Currency currency, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{(minor < 0 ? 'D' : 'C')}{date:yyMMdd}{currency}{Comma(new Money(minor, currency))}");

    static string Comma(Money amount) =>
        Math.Abs(amount.Major).ToString("F" + amount.Currency.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('.', ',')
        + (amount.Currency.Decimals == 0 ? "," : "");

    StreamWriter Open(string name)
    {
        Directory.CreateDirectory(folder);
        return new StreamWriter(PartOf(name), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    string PartOf(string name) => Path.Combine(folder, name + Unfinished);

    static string DayOf(string month, string currency, int day) => string.Create(CultureInfo.InvariantCulture, $"{month}-{currency}-{day:D2}");
}
