using System.Collections.Immutable;
using Aval.Measures;
using Aval.Measures.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>What we can mend ourselves: our own defects, the order's payer's or those around others of its group, and terms that are longer than they may be.</summary>
static class OwnOptions
{
    /// <summary>Mending the defects that matter, all of them; null when that alone does not pass.</summary>
    public static Option? Defects(WhatIf asked, Proof proof, ImmutableArray<Defect> defects)
    {
        if (defects.IsEmpty) return null;
        var without = Rules.Defects.Without(asked, defects);
        if (proof.HasCurable) return proof.Of(without, Mending(defects));
        var standing = without.Check().Findings.Where(finding => finding.Blocks).Select(finding => finding.Code);
        var cured = proof.Booked.Findings.Where(finding => finding.Blocks).Select(finding => finding.Code).Except(standing).ToImmutableHashSet();
        return cured.IsEmpty ? null : proof.CuringOnly(cured).Of(without, Mending(defects));
    }

    /// <summary>Where a limit or a rule of the group holds the order: the fewest defects around any payer of the group; null when those around its own are enough.</summary>
    public static Option? DefectsOfGroup(WhatIf asked, Proof proof, Debtors debtors)
    {
        if (!debtors.OfGroup) return null;
        var (all, elsewhere) = Around(asked, debtors);
        if (all.IsEmpty || !proof.Passes(Rules.Defects.Without(asked, all))) return null;
        var fewest = Rules.Defects.Alone(asked, Diagnosis.Fewest(all, some => proof.Passes(Rules.Defects.Without(asked, some))));
        return fewest.All(defect => elsewhere(defect) is null) ? null : proof.Of(Rules.Defects.Without(asked, fewest), Mending(fewest, elsewhere));
    }

    /// <summary>Our part where it is not all, and the question once it is done: of the order's payer, and of others of a group that holds the order.</summary>
    /// <param name="own">Around the order's payer.</param>
    public static (Option Ours, WhatIf Mended)? Part(WhatIf asked, Proof proof, ImmutableArray<Defect> own, Debtors debtors)
    {
        var (ours, elsewhere) = (own, (Func<Defect, string?>?)null);
        if (debtors.OfGroup && Around(asked, debtors) is { All.IsEmpty: false } around && proof.Spend())
            (ours, elsewhere) = (Diagnosis.ThatMatter(asked, proof.Booked, around.All, Rules.Defects.Without(asked, around.All).Check()), around.Elsewhere);
        return ours.IsEmpty ? null : (Mending(ours, elsewhere), Rules.Defects.Without(asked, ours));
    }

    /// <summary>What waits for us around these, and whose it is where it is not the order's payer's.</summary>
    static (ImmutableArray<Defect> All, Func<Defect, string?> Elsewhere) Around(WhatIf asked, Debtors debtors)
    {
        var payers = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = ImmutableArray.CreateBuilder<Defect>();
        foreach (var debtor in debtors.All)
            foreach (var defect in Rules.Defects.Mended(asked, debtor.Number).Defects)
            {
                all.Add(defect);
                payers[defect.Document] = debtor.Number;
            }

        return (all.ToImmutable(), defect => payers[defect.Document] == asked.Order.Payer ? null : payers[defect.Document]);
    }

    /// <summary>One option for all defects of a kind; of several kinds, one with the others besides.</summary>
    /// <param name="elsewhere">Whose it is, where it is another payer's of the group.</param>
    public static Option Mending(ImmutableArray<Defect> defects, Func<Defect, string?>? elsewhere = null)
    {
        Option? all = null;
        foreach (var kind in defects.GroupBy(defect => defect.Kind).OrderByDescending(kind => kind.Key))
        {
            var oneCurrency = kind.Select(defect => defect.Currency).Distinct().Count() == 1;
            all = new Option(ActionOf(kind.Key), kind.First().Owner)
            {
                Amount = oneCurrency ? kind.Sum(defect => defect.Amount) : null, Currency = oneCurrency ? kind.First().Currency : null,
                Documents = [.. kind.Select(defect => defect.Document)], Approximate = kind.Any(defect => defect.Approximate),
                Invoices = [.. kind.SelectMany(defect => defect.Invoices).Distinct(StringComparer.Ordinal)], And = all,
                Elsewhere = elsewhere is null ? [] :
                    [.. kind.Where(defect => elsewhere(defect) is not null)
                        .SelectMany(defect => defect.Invoices.Append(defect.Document).Select(one => new DocumentElsewhere(one, elsewhere(defect)!))).Distinct()],
            };
        }

        return all!;
    }

    /// <summary>The longest terms that may be; null unless longer ones hold the order.</summary>
    public static Option? Terms(WhatIf asked, Proof proof) =>
        proof.Blocks(FindingKinds.TermsDeviate) && LongestAccepted(asked, proof) is { } terms ? proof.Of(asked.Under(terms), Under(terms)) : null;

    public static Option Under(string terms) => new(OptionAction.ShorterTerms, OwnerFunction.CustomerService) { PaymentTerms = terms };

    /// <summary>Of those agreed with who orders and those that measures on the payer set as the longest, the longest that no finding speaks against.</summary>
    public static string? LongestAccepted(WhatIf asked, Proof proof)
    {
        var offered = asked.Root.Get<MeasuresFacts>().Of(asked.Order.Payer).Where(measure => measure.Kind == MeasureKind.TermsAtMost && measure.HoldsOn(asked.Today))
            .Select(measure => measure.PaymentTerms!).Append(asked.Facts().Customer.PaymentTerms).Distinct(StringComparer.Ordinal);
        var known = new List<PaymentTerms>();
        foreach (var text in offered)
            if (PaymentTerms.TryParse(text, out var terms)) known.Add(terms);
        known.Sort((one, other) => one.IsLongerThan(other) ? -1 : other.IsLongerThan(one) ? 1 : 0);
        foreach (var terms in known)
            if (proof.Spend() && !asked.Under(terms.ToString()).Check().Findings.Any(finding => finding.Blocks && finding.Code == FindingKinds.TermsDeviate.Code))
                return terms.ToString();
        return null;
    }

    static OptionAction ActionOf(DefectKind kind) => kind switch
    {
        DefectKind.UnappliedReceipt => OptionAction.ApplyReceipt,
        DefectKind.PromisedCreditNote or DefectKind.CompanyFaultDispute => OptionAction.IssueCreditNote,
        DefectKind.RejectedInvoice => OptionAction.CorrectData,
    };
}
