using System.Collections.Frozen;
using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>A payer whose payments could help.</summary>
/// <param name="Factor">One unit of its credit currency in that of the order's own payer.</param>
sealed record Debtor(string Number, Currency Currency, PayerReceivables Owes, Currency Own, decimal Factor)
{
    /// <summary>The days on which it has told that it will pay an invoice.</summary>
    public FrozenDictionary<string, DateOnly> Promised { get; init; } = PromisedDays.None;

    /// <summary>The day on which an open item can be expected: as told, else as it usually pays; null for what should have come already, of which nobody knows when it
    /// will.</summary>
    public DateOnly? Expected(OpenItem item, DateOnly today)
    {
        if (Promised.TryGetValue(item.Invoice, out var told)) return told;
        var day = item.DueDate.AddDays(Math.Max(0, Owes.DaysLate));
        return day > today ? day : null;
    }

    /// <summary>Minor units of its credit currency in those of the order's own payer.</summary>
    public long Worth(long minor) => new Money(minor, Currency).Convert(Factor, Own).Minor;

    /// <summary>The least of its own currency that is worth so much.</summary>
    public long Costs(long worth) => Currency == Own ? worth : (long)Math.Ceiling(new Money(worth, Own).Major / Factor * Currency.MinorPerMajor);
}

/// <summary>An open invoice that somebody could pay. In order of due date, of one day by number.</summary>
/// <param name="Worth">What is open of it, in minor units of the credit currency of the order's own payer.</param>
readonly record struct Payable(OpenItem Item, Debtor Debtor, long Worth) : IComparable<Payable>
{
    public string Invoice => Item.Invoice;
    public DateOnly DueDate => Item.DueDate;
    public bool Undivided => Item.Parts == new OpenParts(Item.Open, 0, 0, 0);

    public int CompareTo(Payable other) => Item.CompareTo(other.Item);

    public static bool operator <(Payable left, Payable right) => left.CompareTo(right) < 0;
    public static bool operator >(Payable left, Payable right) => left.CompareTo(right) > 0;
    public static bool operator <=(Payable left, Payable right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Payable left, Payable right) => left.CompareTo(right) >= 0;
}

/// <summary>The order's own payer, and the other payers under a limit or a rule of the group that holds it: their money makes room there as well.</summary>
sealed record Debtors(ImmutableArray<Debtor> All)
{
    public bool OfGroup => All.Length > 1;

    public static Debtors Of(WhatIf asked, Proof proof)
    {
        var parties = asked.Root.Get<PartiesFacts>();
        if (parties.Customers.GetValueOrDefault(asked.Order.Payer) is not { } own) return new([]);
        var numbers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var finding in proof.Booked.Findings)
            if (finding is { Blocks: true, Level: { } level, LimitLevel: LimitLevel.Group } && IsOfGroup(finding))
                numbers.UnionWith(parties.PayersUnder(level).Select(payer => payer.Number));
        numbers.Remove(own.Number);
        return new([DebtorOf(asked, own, own)!, .. numbers.Select(number => DebtorOf(asked, parties.Customers[number], own)).OfType<Debtor>()]);
    }

    /// <summary>The documents among these that are not the order's own payer's.</summary>
    public static ImmutableArray<DocumentElsewhere> Elsewhere(WhatIf asked, IEnumerable<(string Document, string Payer)> documents) =>
        [.. documents.Where(one => one.Payer != asked.Order.Payer).Distinct().Select(one => new DocumentElsewhere(one.Document, one.Payer))];

    /// <summary>All that is open, earliest due first.</summary>
    public List<Payable> Open()
    {
        var open = All.SelectMany(debtor => debtor.Owes.OpenItems.Select(item => new Payable(item, debtor, debtor.Worth(item.Open)))).ToList();
        if (OfGroup) open.Sort();
        return open;
    }

    /// <summary>Nobody of the group is asked to pay where the order's own payer alone is too late.</summary>
    static bool IsOfGroup(Finding finding) => finding.Code == FindingKinds.LimitExceeded.Code || finding.Code == FindingKinds.Overdue.Code;

    /// <summary>Null where no rate tells what its money is worth here.</summary>
    static Debtor? DebtorOf(WhatIf asked, Customer payer, Customer own) =>
        asked.Company.Get<RatesFacts>().Find(payer.Currency, own.Currency, asked.Today) is { } rate
            ? new Debtor(payer.Number, payer.Currency, asked.Root.Get<ReceivablesFacts>().Of(payer.Number), own.Currency, rate.Factor)
            {
                Promised = PromisedDays.Of(asked.Root, payer.Number, asked.Today),
            }
            : null;
}
