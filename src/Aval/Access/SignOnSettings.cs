using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>How to trust an identity provider (docs/concepts/people.md): read from the file that <c>--single-sign-on</c> names.</summary>
/// <param name="Issuer">As its tokens say in <c>iss</c>.</param>
/// <param name="Audience">As they say in <c>aud</c>: the name under which it knows Aval.</param>
/// <param name="Keys">Where its public keys are (JWKS): an https address, one of this machine, or a file beside this one.</param>
/// <param name="NameClaim">The claim with the name under which the person acts.</param>
/// <param name="RoleClaim">The claim with what <paramref name="Roles"/> maps; dots lead into claims, as <c>realm_access.roles</c>.</param>
/// <param name="Roles">From its words to roles of Aval; without it the roles are those of the user of that name.</param>
/// <param name="ClockSkewSeconds">How far its clock may be from ours.</param>
public sealed record SignOnSettings(
    string Issuer, string Audience, string Keys, string NameClaim = "preferred_username", string RoleClaim = "roles", IReadOnlyDictionary<string, string>? Roles = null,
    int ClockSkewSeconds = 60)
{
    const int MostSkew = 300;

    /// <exception cref="StoreRefusedException">The file cannot be read, or says what cannot be.</exception>
    public static SignOnSettings Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"--single-sign-on {file} cannot be read: {e.Message}");
        }

        var read = BodyReader.Read<SignOnSettings>(bytes);
        if ((read.Problem?.Detail ?? read.Value!.Fault()) is { } fault) throw new StoreRefusedException($"--single-sign-on {file}: {fault}");
        var settings = read.Value!;
        return settings.IsAddress ? settings : settings with { Keys = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, settings.Keys) };
    }

    /// <summary>Its keys come from an address, not from a file.</summary>
    internal bool IsAddress => Keys.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || Keys.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    string? Fault()
    {
        if (Issuer.Length == 0 || Audience.Length == 0 || Keys.Length == 0) return "issuer, audience and keys must not be empty.";
        if (IsAddress && !(Uri.TryCreate(Keys, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)))
            return "keys must be an https address: whoever can change them on the way can be anybody.";
        if (ClockSkewSeconds is < 0 or > MostSkew) return $"clockSkewSeconds must be from 0 to {MostSkew}.";
        return Roles?.Values.FirstOrDefault(role => !Access.Roles.All.Contains(role)) is { } unknown
            ? $"{unknown} is no role; there are {string.Join(", ", Access.Roles.All)}."
            : null;
    }
}
