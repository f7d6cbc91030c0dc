using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Tests.Import;

namespace Aval.Tests.Cash;

/// <summary>Three years of a wholesaler's receipts, matched without a look at the allocations, which are the truth.</summary>
public sealed class WideWorldCash
{
    [Fact]
    public void Every_receipt_finds_exactly_its_invoices()
    {
        var payers = RealHistory.Table("customers").ToDictionary(row => row["number"], row => row["payer"] is { Length: > 0 } payer ? payer : row["number"]);
        var truth = RealHistory.Table("allocations").ToLookup(row => row["receipt"], row => row["invoice"]);
        var invoices = RealHistory.Table("invoices").Select(row => new OpenDocument(
            row["number"], payers[row["customer"]], Day(row["date"]), Day(row["dueDate"]), Minor(row["amount"]))).ToLookup(invoice => invoice.Payer);
        var open = new Dictionary<string, List<OpenDocument>>();
        var (right, wrong, proposed, none) = (0, 0, 0, 0);
        foreach (var receipt in RealHistory.Table("receipts").OrderBy(row => Day(row["date"])).ThenBy(row => int.Parse(row["number"], null)))
        {
            var date = Day(receipt["date"]);
            var payer = payers[receipt["payer"]];
            if (!open.TryGetValue(payer, out var mine)) open[payer] = mine = [.. invoices[payer]];
            var known = OpenDocuments.Of(mine.Where(invoice => invoice.Date <= date));
            var matching = Cascade.Match(new Remittance(Minor(receipt["amount"]), date, [], ""), known, MatchSettings.Strict);
            var meant = truth[receipt["number"]].ToHashSet();
            if (matching.Post is not { } post) _ = matching.Candidates.IsEmpty ? none++ : proposed++;
            else if (meant.SetEquals(post.Parts.Select(part => part.Document.Number))) right++;
            else wrong++;
            mine.RemoveAll(invoice => meant.Contains(invoice.Number));
        }

        Assert.Equal((23018, 0, 0, 0), (right, wrong, proposed, none));
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static long Minor(string text) => (long)(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * 100);
}
