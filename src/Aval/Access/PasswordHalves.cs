using Aval.Kernel.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Aval.Access;

/// <summary>The half of a password for one time that waits for the second person: sealed in the store, and gone once it is shown.</summary>
sealed class PasswordHalves(Store store, IDataProtectionProvider protection)
{
    readonly IDataProtector seal = protection.CreateProtector("Aval.Access.PasswordHalves");

    /// <param name="hands">Who has the other half, one a line.</param>
    public Task KeepAsync(string name, string half, string hands, CancellationToken cancel) => Statement.RunAsync(
        store,
        "INSERT INTO password_half (name, sealed, given_by) VALUES (@name, @sealed, @hands) "
        + "ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, given_by = excluded.given_by",
        cancel, ("name", name), ("sealed", seal.Protect(half)), ("hands", hands));

    /// <summary>Who has the other half; null where none waits.</summary>
    public async Task<string?> GivenByAsync(string name, CancellationToken cancel) =>
        await Statement.ReadAsync(store, "SELECT given_by FROM password_half WHERE name = @name", reader => reader.GetString(0), cancel, ("name", name)) is [var hands]
            ? hands
            : null;

    /// <summary>It, this once; null where none waits any more.</summary>
    public async Task<string?> TakeAsync(string name, CancellationToken cancel)
    {
        var taken = await Statement.ReadAsync(store, "DELETE FROM password_half WHERE name = @name RETURNING sealed", reader => reader.GetString(0), cancel, ("name", name));
        return taken is [var half] ? seal.Unprotect(half) : null;
    }

    public Task ForgetAsync(string name, CancellationToken cancel) => Statement.RunAsync(store, "DELETE FROM password_half WHERE name = @name", cancel, ("name", name));
}
