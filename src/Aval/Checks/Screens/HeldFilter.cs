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

    public static HeldFilter Of(PageRequest request) => new(
        request.Word<Triage>("triage"), request.Word<Cause>("cause"), request.Word<OwnerFunction>("owner"),
        FindingKinds.All.Any(kind => kind.Code == request.Query("code")) ? request.Query("code") : null, request.Query("customer"),
        request.Word<HeldOrder>("by") ?? HeldOrder.Since, request.Query("descending") is not null);

    public bool IsNarrowed => Triage is not null || Cause is not null || Owner is not null || Code is not null || Customer is not null;

    /// <summary>The same list ordered by this; the other way round when it already was.</summary>
    public HeldFilter By(HeldOrder order) => this with { Order = order, Descending = Order == order ? !Descending : order == HeldOrder.Amount };

    public string Address(int page = 1) => AsList.Address(page);

    /// <summary>As every list is told that can be taken along as a file.</summary>
    internal ListShown AsList => new(
        "held", Path, [("triage", Word(Triage)), ("cause", Word(Cause)), ("owner", Word(Owner)), ("code", Code), ("customer", Customer)],
        Order == HeldOrder.Since ? null : Words.Of(Order), Descending, 1, null, null);

    static string? Word<TWord>(TWord? word) where TWord : struct, Enum => word is { } given ? Words.Of(given) : null;
}
