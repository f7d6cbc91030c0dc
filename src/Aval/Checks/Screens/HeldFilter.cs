using Aval.Checks.Rules;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Web;

namespace Aval.Checks;

/// <summary>By what the list of held orders is ordered.</summary>
public enum HeldOrder { Since, Due, Amount, Customer, Number }

/// <summary>Which held orders are asked for, in which order. Every field has its place in the address of the list.</summary>
/// <param name="Code">Held by this finding, which still stands.</param>
/// <param name="Owner">Held by a finding of this owner, which still stands.</param>
/// <param name="Customer">Part of the customer's number or name.</param>
/// <param name="IsOwn">Entered by the one who looks.</param>
public sealed record HeldFilter(
    Triage? Triage = null, Cause? Cause = null, OwnerFunction? Owner = null, string? Code = null, string? Customer = null, bool IsOwn = false,
    HeldOrder Order = HeldOrder.Since, bool Descending = false)
{
    public const string Path = "/blocks";

    /// <summary>The names of the fields that narrow it.</summary>
    public static readonly string[] Fields = ["triage", "cause", "owner", "code", "customer", "entered"];

    /// <summary>What the list is asked with for the orders that its visitor has entered.</summary>
    public const string ByMe = "me", Own = Path + "?entered=" + ByMe;

    public static HeldFilter Of(PageRequest request) => new(
        request.Word<Triage>("triage"), request.Word<Cause>("cause"), request.Word<OwnerFunction>("owner"),
        FindingKinds.All.Any(kind => kind.Code == request.Query("code")) ? request.Query("code") : null, request.Query("customer"),
        request.Query("entered") == ByMe, request.Word<HeldOrder>("by") ?? HeldOrder.Since, request.Query("descending") is not null);
}
