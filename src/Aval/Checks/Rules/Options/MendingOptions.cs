using System.Collections.Immutable;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>What the house completes or corrects where nothing else holds the order: one option for each owner and action.</summary>
static class MendingOptions
{
    /// <summary>Rules tell one document at a time, the oldest. Behind it there may be more.</summary>
    const int MostDocuments = 50;

    public static IEnumerable<Option> Of(WhatIf asked, Proof proof)
    {
        if (proof.HasCurable) yield break;
        var tasks = proof.Booked.Findings.Where(finding => finding.Blocks && Cures.Of(finding) == Cure.Mending && Mending.Of(asked, finding, proof.Booked.Rules) is not null)
            .GroupBy(finding => (finding.Owner, Action: ActionOf(finding))).OrderBy(task => task.Key);
        foreach (var task in tasks)
            if (Mended(asked, proof.CuringOnly([.. task.Select(finding => finding.Code)]), task.Key.Owner, task.Key.Action, [.. task]) is { } option) yield return option;
    }

    static Option? Mended(WhatIf asked, Proof proof, OwnerFunction owner, OptionAction action, ImmutableArray<Finding> findings)
    {
        ImmutableArray<string> codes = [.. findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var documents = new List<string>();
        var changed = asked;
        for (var round = 0; round < MostDocuments && findings.Length > 0; round++)
        {
            foreach (var finding in findings)
            {
                if (Mending.Of(changed, finding, proof.Booked.Rules) is not { } mended) return null;
                changed = mended;
                if (Mending.NamesDocument(finding)) documents.Add(finding.Subject!);
            }

            if (!proof.Spend()) return null;
            findings = [.. changed.Check().Findings.Where(finding => finding.Blocks && codes.Contains(finding.Code))];
        }

        var option = new Option(action, owner) { Findings = codes, Documents = [.. documents.Distinct(StringComparer.Ordinal)] };
        return proof.Of(changed, action == OptionAction.QualifyDispute ? OfDisputes(asked, option) : option);
    }

    /// <summary>With what is disputed, and on which invoices.</summary>
    static Option OfDisputes(WhatIf asked, Option option)
    {
        var disputes = option.Documents.Select(asked.Root.Find<Dispute>).OfType<Dispute>().ToList();
        var currencies = disputes.Select(dispute => dispute.Currency).Distinct().ToList();
        return option with
        {
            Amount = currencies.Count == 1 ? disputes.Sum(dispute => dispute.Amount) : null, Currency = currencies.Count == 1 ? currencies[0] : null,
            Invoices = [.. disputes.Select(dispute => dispute.Invoice).Distinct(StringComparer.Ordinal)],
        };
    }

    static OptionAction ActionOf(Finding finding) =>
        finding.Code == FindingKinds.DisputeUnqualified.Code || finding.Code == FindingKinds.DisputeUnresolved.Code || finding.Code == FindingKinds.DisputeTactical.Code
            ? OptionAction.QualifyDispute
            : OptionAction.CorrectData;
}
