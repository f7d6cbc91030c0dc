using Aval.Checks.Rules;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Web;

namespace Aval.Checks;

/// <summary>By what the list of held orders is ordered.</summary>
public enum HeldOrder { Since, Amount, Customer, Number }

/// <summary>Which held orders are asked for, in which order. Every field has its place in the address of the list.</summary>
/// <param name="Code">Held by this finding, which still stands.</param>
/// <param name="Owner">Held by a finding of this owner, which still stands.</param>
/// <param name="Customer">Part of the customer's number or name.</param>
public sealed record HeldFilter(Triage? Triage, Cause? Cause, OwnerFunction? Owner, string? Code, string? Customer, HeldOrder Order, bool Descending)
{
    public const string Path = "/blocks";

    /// <summary>The names of the fields that narrow it.</summary>
    public static readonly string[] Fields = ["triage", "cause", "owner", "code", "customer"];

    public static HeldFilter Of(PageRequest request) => new(
        request.Word<Triage>("triage"), request.Word<Cause>("cause"), request.Word<OwnerFunction>("owner"),
        FindingKinds.All.Any(kind => kind.Code == request.Query("code")) ? request.Query("code") : null, request.Query("customer"),
        request.Word<HeldOrder>("by") ?? HeldOrder.Since, request.Query("descending") is not null);

    public string Address() => Links.With(
        Path, ("triage", Word(Triage)), ("cause", Word(Cause)), ("owner", Word(Owner)), ("code", Code), ("customer", Customer),
        ("by", Order == HeldOrder.Since ? null : Words.Of(Order)), ("descending", Descending ? "1" : null));

    static string? Word<TWord>(TWord? word) where TWord : struct, Enum => word is { } given ? Words.Of(given) : null;
}
