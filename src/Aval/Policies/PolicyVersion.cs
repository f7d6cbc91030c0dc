using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;

namespace Aval.Policies;

/// <summary>A policy that holds or has held. Never changed: a new one is drafted and activated.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Author">Who drafted it.</param>
/// <param name="ApprovedBy">Who activated it: another person, except for the preset of a new store.</param>
/// <param name="Effective">The business date from which it holds.</param>
public sealed record PolicyVersion(int Version, Policy Policy, string Author, string ApprovedBy, string Reason, DateOnly Effective)
{
    public static readonly Table<PolicyVersion> Table = new(
        "policy_version",
        [
            ("version", ColumnKind.Text, policy => policy.Key),
            ("content", ColumnKind.Json, policy => PolicyJson.Write(policy.Policy)),
            ("author", ColumnKind.Text, policy => policy.Author),
            ("approved_by", ColumnKind.Text, policy => policy.ApprovedBy),
            ("reason", ColumnKind.Text, policy => policy.Reason),
            ("effective", ColumnKind.Date, policy => policy.Effective),
        ],
        party: null,
        read: v => new PolicyVersion(
            int.Parse(v.Text(), CultureInfo.InvariantCulture), PolicyJson.Parse(v.Text()), v.Text(), v.Text(), v.Text(), v.Date()),
        personal: [new("reason")]);

    public string Key => Version.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The policy that somebody is writing. There is one at a time; each change replaces it whole.</summary>
/// <param name="BasedOn">The version it changes; null for the preset.</param>
/// <param name="Author">The name of the person or key that wrote it last.</param>
/// <param name="ActivatedAs">The version it became; null while it is a draft.</param>
/// <param name="KeyMadeBy">Who made the key that wrote it; null where a person did, or the bootstrap key had made it.</param>
public sealed record PolicyDraft(int? BasedOn, Policy Policy, string Author, DateOnly Drafted, int? ActivatedAs, string? KeyMadeBy = null)
{
    /// <summary>Its key: there is one.</summary>
    public const string Key = "draft";

    public static readonly Table<PolicyDraft> Table = new(
        "policy_draft",
        [
            ("key", ColumnKind.Text, _ => Key),
            ("based_on", ColumnKind.Whole, draft => (long?)draft.BasedOn),
            ("content", ColumnKind.Json, draft => PolicyJson.Write(draft.Policy)),
            ("author", ColumnKind.Text, draft => draft.Author),
            ("drafted", ColumnKind.Date, draft => draft.Drafted),
            ("activated_as", ColumnKind.Whole, draft => (long?)draft.ActivatedAs),
            ("key_made_by", ColumnKind.Text, draft => draft.KeyMadeBy),
        ],
        party: null,
        read: v =>
        {
            v.Text();
            return new PolicyDraft((int?)v.WholeOrNull(), PolicyJson.Parse(v.Text()), v.Text(), v.Date(), (int?)v.WholeOrNull(), v.TextOrNull());
        });
}
