using Aval.Kernel;

namespace Aval.Company;

/// <summary>Makes the company MAIN and sets the first business date: once in the life of a store, whoever starts it again finds it done.</summary>
public sealed record StartStore(DateOnly Today, Currency Currency, string TimeZone) : Command
{
    public override string Name => "startStore";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    // Not the date or the currency: a later start with others is no other act.
    public override IReadOnlyList<Claim> Claims => [Claim.Document("company", CompanyProfile.Main, CompanyProfile.Main, Facts.Company)];

    public override Problem? Decide(Case @case)
    {
        @case.Put(CompanyProfile.Table, new CompanyProfile(CompanyProfile.Main, "Main company", Currency, TimeZone));
        @case.Clock = Today;
        return null;
    }
}
