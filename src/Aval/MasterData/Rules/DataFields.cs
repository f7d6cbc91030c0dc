using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Parties.Rules;

namespace Aval.MasterData.Rules;

/// <summary>The values of the fields for which policy names somebody who answers (<c>DataResponsibility.Fields</c>).</summary>
public static class DataFields
{
    /// <summary>A hash of what is entered, so that a field's care ends with its value; null where nothing is.</summary>
    public static string? Hash(Customer customer, IReadOnlyList<Limit> limits, string field) =>
        Said(customer, limits, field) is { Length: > 0 } value ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 8)) : null;

    static string? Said(Customer customer, IReadOnlyList<Limit> limits, string field) => field switch
    {
        "name" => customer.Name,
        "country" => customer.Country,
        "registrationId" => customer.RegistrationId,
        "vatId" => customer.VatId,
        "lei" => customer.Lei,
        "currency" => customer.Currency.Code,
        "billingAddress" => customer.BillingAddress is { } address ? JsonSerializer.Serialize(address, Json.Options) : null,
        "contacts" => customer.Contacts.Count == 0 ? null : JsonSerializer.Serialize(customer.Contacts, Json.Options),
        "profile" => customer.Profile == PayabilityProfile.None ? null : JsonSerializer.Serialize(customer.Profile, Json.Options),
        "payer" => customer.PayerNumber,
        "group" => customer.Group,
        "paymentTerms" => customer.PaymentTerms,
        "riskClass" => customer.RiskClass,
        "limit" => limits.LastOrDefault(limit => limit is { Status: LimitStatus.Approved, Term: LimitTerm.Standing })?.Id,
        "segment" => customer.Segment,
        "largeAccount" => customer.LargeAccount ? "yes" : "no",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "is none of the fields for which somebody answers"),
    };
}
