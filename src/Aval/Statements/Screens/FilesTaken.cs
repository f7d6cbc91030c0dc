using System.Security.Cryptography;
using System.Text.Json;
using Aval.Kernel;
using Aval.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Aval.Statements.Screens;

/// <summary>What files have brought that somebody has just sent, told by their next page.</summary>
/// <remarks>It goes there sealed: a file that comes again leaves nothing in the journal that the page could ask, and no link may say that one came.</remarks>
/// <param name="Fresh">Payments that no earlier file had brought.</param>
/// <param name="Known">Payments that an earlier file had brought.</param>
/// <param name="Again">All of these very files were taken before.</param>
public sealed record FilesTaken(string By, int Fresh, int Known, bool Again)
{
    internal static FilesTaken Of(ImportedFiles imported, Actor by) => new(by.Name, imported.Lines.Count, imported.Duplicates, imported.Repeated == imported.Statements.Count);

    /// <summary>The address of a page that tells it.</summary>
    internal string Address(PageRequest request, string page) => Links.With(page, ("taken", Seal(request).Protect(JsonSerializer.Serialize(this))));

    /// <summary>Null when the visitor has sent none, or somebody else says so.</summary>
    internal static FilesTaken? Of(PageRequest request)
    {
        if (request.Query("taken") is not { } sealedText) return null;
        try
        {
            return JsonSerializer.Deserialize<FilesTaken>(Seal(request).Unprotect(sealedText)) is { } taken && taken.By == request.Actor.Name ? taken : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static IDataProtector Seal(PageRequest request) => request.Get<IDataProtectionProvider>().CreateProtector("Aval.Statements.Taken");
}
