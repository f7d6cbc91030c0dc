using System.Diagnostics;
using Aval.Cash.Rules;

namespace Aval.Bench;

/// <summary>A million remittance texts against a million open invoices, and one payer with ten thousand of them.</summary>
static class CashBench
{
    const int Invoices = 1_000_000;
    const int Lines = 1_000_000;
    const int OfOnePayer = 10_000;

    public static void Run(TextWriter output)
    {
        var started = Stopwatch.GetTimestamp();
        var index = ReferenceIndex.Of([.. Enumerable.Range(0, Invoices).Select(at => new Referable(Number(at), null))]);
        output.WriteLine($"index of {Invoices:N0} open invoices: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        var random = new Random(1);
        var texts = Enumerable.Range(0, Lines).Select(_ => Text(random)).ToArray();
        var found = new Mention[16];
        for (var round = 0; round < 3; round++)
        {
            started = Stopwatch.GetTimestamp();
            var hits = 0;
            foreach (var text in texts)
                if (index.Find(text, found) > 0) hits++;
            output.WriteLine($"{Lines / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} lines a second, {hits:N0} of them name an invoice");
        }

        Cascades(output, random);
    }

    static void Cascades(TextWriter output, Random random)
    {
        var today = new DateOnly(2026, 6, 30);
        var documents = OpenDocuments.Of(Enumerable.Range(0, OfOnePayer).Select(at =>
            new OpenDocument(Number(at), "C1", today.AddDays(-at % 90), today.AddDays(30 - (at % 90)), random.NextInt64(1_000, 100_000_000))));
        foreach (var (kind, amount, text) in new[]
        {
            ("named", documents.All[77].Open + documents.All[9000].Open, $"{documents.All[77].Number} {documents.All[9000].Number}"),
            ("an amount", documents.All[77].Open, ""),
            ("a sum", documents.All[77].Open + documents.All[9000].Open, ""),
            ("nothing that fits", 123_456_789_012, "on account"),
        })
        {
            var paid = new Remittance(amount, today, [], text);
            for (var warm = 0; warm < 20; warm++) Cascade.Match(paid, documents, MatchSettings.Strict);
            var started = Stopwatch.GetTimestamp();
            for (var round = 0; round < 20; round++) Cascade.Match(paid, documents, MatchSettings.Strict);
            output.WriteLine($"{OfOnePayer:N0} open invoices of one payer, {kind}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds / 20:0.00} ms");
        }
    }

    static string Number(int at) => $"INV-{2024 + (at % 3)}-{at:0000000}";

    /// <summary>Half of them name an invoice, somehow.</summary>
    static string Text(Random random)
    {
        var number = Number(random.Next(Invoices * 2));
        return random.Next(4) switch
        {
            0 => $"Payment of invoice {number} thank you",
            1 => $"/RFB/{number.Replace("-", " ", StringComparison.Ordinal)} customer {random.Next(100000)} 12.03.2026",
            2 => $"EREF NOTPROVIDED Rechnung {number} abzgl. Skonto 2,00 % EUR {random.Next(100000)},{random.Next(100):00}",
            _ => $"virement {random.Next(100000)} du 12/03/2026 facture {number.ToLowerInvariant()}",
        };
    }
}
