using Aval.Policies.Rules;
using static Aval.Web.Translated;

namespace Aval.Policies.Screens;

/// <summary>Those who own a finding or dispute, as the screens name them.</summary>
public static class OwnerWords
{
    public static string Of(OwnerFunction owner) => owner switch
    {
        OwnerFunction.CustomerService => T("Customer Service"),
        OwnerFunction.Credit => T("Credit"),
        OwnerFunction.AccountsReceivable => T("Accounts Receivable"),
        OwnerFunction.Billing => T("Billing"),
        OwnerFunction.Quality => T("Quality"),
        OwnerFunction.Sales => T("Sales"),
        OwnerFunction.MasterData => T("Master Data"),
    };
}
