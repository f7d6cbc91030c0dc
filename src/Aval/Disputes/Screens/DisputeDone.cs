using System.Security.Cryptography;
using System.Text.Json;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Aval.Disputes.Screens;

/// <summary>What somebody has just done about a dispute, told by their next page.</summary>
/// <remarks>It goes there sealed: no link can say that they did, or offer to take back what they did not do.</remarks>
/// <param name="Edition">Of the dispute after it; null where it cannot be taken back.</param>
/// <param name="Field">What was changed, as the form names it.</param>
/// <param name="Was">What stood there before; null where nothing did.</param>
sealed record DisputeDone(string By, string Number, string? Edition = null, string? Field = null, string? Was = null)
{
    /// <summary>The address that tells it.</summary>
    public string Address(PageRequest request) => Links.With(Links.Dispute(Number), ("done", Seal(request).Protect(JsonSerializer.Serialize(this))));

    /// <summary>What the visitor has just done here; null when they have done nothing, or somebody else says so.</summary>
    public static DisputeDone? Of(PageRequest request, string number)
    {
        if (request.Query("done") is not { } sealedText) return null;
        try
        {
            return JsonSerializer.Deserialize<DisputeDone>(Seal(request).Unprotect(sealedText)) is { } done && done.By == request.Actor.Name && done.Number == number ? done : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What can be taken back while nobody has changed anything since.</summary>
    public DisputeChanged? Undo(Dispute now) =>
        Field is { } field && now.Stands && Kernel.Edition.TagOf(DisputesFacts.Table, now) == Edition ? new DisputeChanged(field, Was ?? "") : null;

    static IDataProtector Seal(PageRequest request) => request.Get<IDataProtectionProvider>().CreateProtector("Aval.Disputes.Done");
}
