using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.MasterData.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.MasterData;

/// <summary>Who answers for a customer's data, and how far each field can be trusted.</summary>
public sealed record DataAnswer(string Customer, IReadOnlyList<FieldAnswer> Fields)
{
    public static DataAnswer Of(string number, Facts root, Facts company)
    {
        var customer = root.Find<Customer>(number)!;
        return new DataAnswer(number, [.. company.Get<PoliciesFacts>().Current.Policy.Responsible.Select(entry => FieldAnswer.Of(customer, entry, root, company.Through))]);
    }
}

/// <summary>One field for which policy names somebody.</summary>
/// <param name="Enters">The role that enters it.</param>
/// <param name="Verifies">The role that says it is right.</param>
/// <param name="Flags">The role that notices first when it is not.</param>
/// <param name="VerifiedOn">Of the value as it is now; null while nobody has said that it is right.</param>
/// <param name="StaleFrom">The first day on which it is to be verified again.</param>
/// <param name="Asks">The role whose turn it is: to enter what is missing or wrong, to verify what is new or stale; null while all is well.</param>
public sealed record FieldAnswer(
    string Field, CareState State, string Enters, string Verifies, string Flags, DateOnly? VerifiedOn, string? VerifiedBy, DateOnly? StaleFrom, DateOnly? FlaggedOn,
    string? FlaggedBy, string? Note, string? Asks)
{
    internal static FieldAnswer Of(Customer customer, DataResponsibility responsible, Facts root, DateOnly today)
    {
        var value = DataFields.Hash(customer, root.Get<LimitsFacts>().Of(customer.Number), responsible.Field);
        var said = root.Get<MasterDataFacts>().Of(customer.Number, responsible.Field) is { } known && known.Value == value ? known : null;
        var state = FieldCare.StateOf(value, said, responsible, today);
        string? asks = state switch
        {
            CareState.Missing or CareState.Flagged => responsible.Enters,
            CareState.Unverified or CareState.Stale => responsible.Verifies,
            CareState.Verified => null,
        };
        return new FieldAnswer(
            responsible.Field, state, responsible.Enters, responsible.Verifies, responsible.Flags, said?.VerifiedOn, said?.VerifiedBy,
            said?.VerifiedOn is { } on ? FieldCare.StaleFrom(on, responsible) : null, said?.FlaggedOn, said?.FlaggedBy, said?.Note, asks);
    }
}

static class ReadData
{
    internal static void Map(Api api) => api.Get<DataAnswer>(
        "/customers/{number}/data", PartyPermissions.Read, "Who answers for each field of a customer's data, when it was verified, and when it is stale",
        async (request, cancel) => await request.Desk.ViewAsync(request.Route("number"), cancel) is { } view && view.Root.Find<Customer>(request.Route("number")) is not null
            ? DataAnswer.Of(request.Route("number"), view.Root, view.Company)
            : PartyProblems.CustomerUnknown.With($"customer {request.Route("number")} is not known.", "number"),
        problems: [PartyProblems.CustomerUnknown]);
}
