using System.Collections.Immutable;
using System.Globalization;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies.Rules;

namespace Aval.Indicators;

/// <summary>What an indicator should reach, and who answers for it.</summary>
/// <param name="Value">In the indicator's unit; null when none is set any more.</param>
/// <param name="Owner">Null leaves it with the function that the indicator names.</param>
public sealed record IndicatorTarget(string Indicator, decimal? Value, OwnerFunction? Owner, string Reason);

/// <summary>The targets, on the company's root.</summary>
public sealed record IndicatorsFacts(ImmutableDictionary<string, IndicatorTarget> Targets) : IFactsSlice
{
    public static readonly IndicatorsFacts Empty = new(ImmutableDictionary.Create<string, IndicatorTarget>(StringComparer.Ordinal));

    public static readonly Table<IndicatorTarget> Table = new(
        "indicator_target",
        [
            ("indicator", ColumnKind.Text, target => target.Indicator),
            ("value", ColumnKind.Text, target => target.Value?.ToString(CultureInfo.InvariantCulture)),
            ("owner", ColumnKind.Text, target => target.Owner is { } owner ? Words.Of(owner) : null),
            ("reason", ColumnKind.Text, target => target.Reason),
        ],
        party: null,
        v => new IndicatorTarget(
            v.Text(), v.TextOrNull() is { } value ? decimal.Parse(value, CultureInfo.InvariantCulture) : null, v.WordOrNull<OwnerFunction>(), v.Text()),
        personal: [new("reason")]);

    public IndicatorTarget? Of(string indicator) => Targets.GetValueOrDefault(indicator);

    public IFactsSlice With(object row) => row is IndicatorTarget target ? new IndicatorsFacts(Targets.SetItem(target.Indicator, target)) : this;
    public IFactsSlice Without(object row) => row is IndicatorTarget target ? new IndicatorsFacts(Targets.Remove(target.Indicator)) : this;
    public object? Find(Type row, string key) => row == typeof(IndicatorTarget) ? Of(key) : null;
    public IEnumerable<object> RowsOf(string party) => [];
}

/// <param name="Target">In the indicator's unit; null takes the target away.</param>
/// <param name="Owner">Who answers for it; the indicator's own when absent.</param>
public sealed record TargetBody(string Reason, decimal? Target = null, OwnerFunction? Owner = null);

/// <summary>Sets what an indicator should reach. It changes nothing else: no rule reads it.</summary>
public sealed record SetTarget(string Indicator, TargetBody Body) : Kernel.Command
{
    const decimal Most = 1_000_000_000_000m;

    public override string Name => "setIndicatorTarget";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Refuse()
    {
        if (Rules.Indicator.Find(Indicator) is not { } known) return IndicatorProblems.IndicatorUnknown.With($"There is no indicator {Indicator}.", "indicator");
        if (string.IsNullOrWhiteSpace(Body.Reason)) return KernelProblems.Invalid("reason", "must say why");
        if (Body.Target is < 0 or > Most || (known.Unit == Unit.Percent && Body.Target > 100))
            return KernelProblems.Invalid("target", known.Unit == Unit.Percent ? (Wording)"must be from 0 to 100" : "must be from 0 to 10^12");
        return null;
    }

    public override Problem? Decide(Case @case)
    {
        @case.Reason = Body.Reason;
        @case.Put(IndicatorsFacts.Table, new IndicatorTarget(Indicator, Body.Target, Body.Owner, Body.Reason));
        return null;
    }

    internal static void Map(Api api) => api.Put<TargetBody, TargetAnswer>(
        "/indicators/interface/{indicator}/target", IndicatorPermissions.SetTargets, "Sets what an indicator should reach, and who answers for it",
        (body, request) => new SetTarget(request.Route("indicator"), body), (outcome, _) => TargetAnswer.Of(outcome.Row<IndicatorTarget>()!),
        [IndicatorProblems.IndicatorUnknown]);
}

public sealed record TargetAnswer(string Indicator, decimal? Target, OwnerFunction Owner, string Reason)
{
    public static TargetAnswer Of(IndicatorTarget target) =>
        new(target.Indicator, target.Value, target.Owner ?? Rules.Indicator.Find(target.Indicator)!.Owner, target.Reason);

}

static class IndicatorPermissions
{
    public static readonly Permission Read = new("readIndicators", Permission.EveryRole);
    public static readonly Permission SetTargets = new("setTargets", "creditManager", "finance", "leadership");
}
