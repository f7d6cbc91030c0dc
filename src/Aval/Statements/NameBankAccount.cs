using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <param name="Name">What people call the account.</param>
/// <param name="AlsoKnownAs">How else files write it, such as a number without a bank's code; their statements are then its own.</param>
public sealed record BankAccountBody(string? Name = null, IReadOnlyList<string>? AlsoKnownAs = null);

/// <summary>Says what people call a bank account, and how else banks write it.</summary>
public sealed record NameBankAccount(string Number, BankAccountBody Body) : Command
{
    const int MostNames = 20;

    public override string Name => "nameBankAccount";
    public override Subject Subject => Subject.Party(BankAccount.PartyOf(Number), StatementProblems.BankAccountUnknown);

    public override Problem? Refuse() =>
        Body.AlsoKnownAs is { } others && (others.Count > MostNames || others.Any(other => BankAccount.Bare(other).Length is < 5 or > 50))
            ? KernelProblems.Invalid("alsoKnownAs", $"must be at most {MostNames} numbers, each of 5 to 50 letters and digits")
            : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<BankAccount>(Number) is not { } account) return Unknown(Number);
        @case.Put(StatementsTables.Account, account with { Name = Body.Name ?? account.Name, AlsoKnownAs = Body.AlsoKnownAs ?? account.AlsoKnownAs });
        return null;
    }

    internal static void Map(Api api)
    {
        api.Put<BankAccountBody, BankAccountAnswer>(
            "/bank-accounts/{number}", StatementPermissions.NameAccounts, "Says what a bank account is called, and how else files write it",
            (body, request) => new NameBankAccount(request.Route("number"), body), (outcome, _) => BankAccountAnswer.Of(outcome.Row<BankAccount>()!),
            [StatementProblems.BankAccountUnknown]);
        api.Get<BankAccountAnswer>(
            "/bank-accounts/{number}", StatementPermissions.Read, "A bank account",
            async (request, cancel) => await new StatementsQuery(request.Store).AccountAsync(request.Route("number"), cancel) is { } account
                ? BankAccountAnswer.Of(account)
                : Unknown(request.Route("number")),
            problems: [StatementProblems.BankAccountUnknown]);
    }

    static Problem Unknown(string number) => StatementProblems.BankAccountUnknown.With($"Bank account {number} is not known.", "number");
}
