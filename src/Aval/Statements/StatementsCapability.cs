using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Statements.Screens;
using Microsoft.AspNetCore.Routing;

namespace Aval.Statements;

/// <summary>Bank statements: what banks say came in, line by line, each once.</summary>
public sealed class StatementsCapability : ICapability
{
    public string Name => "Statements";
    public IReadOnlyList<Table> Tables => StatementsTables.All;
    public IFactsSlice EmptyFacts => StatementsFacts.Empty;
    public IReadOnlyList<ProblemKind> Problems => StatementProblems.All;

    public void Map(Api api)
    {
        ReadStatements.Map(api);
        ReadLines.Map(api);
        IgnoreLine.Map(api);
        NameBankAccount.Map(api);
        PutCsvMapping.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages)
    {
        StatementPages.Map(pages);
        ShowMappings.Map(pages);
    }
}

/// <summary>How calls about bank statements are refused, in order of precedence.</summary>
public static class StatementProblems
{
    public static readonly ProblemKind StatementUnreadable = new("statement-unreadable", 422, "The file cannot be read as a bank statement",
        "The detail names file, line and what was expected there; nothing of the file was taken. Fetch it from the bank again, or save a mapping for its columns.")
        { OnScreens = "Nothing of the file was taken. Fetch it from the bank again, or name the columns that it has." };
    public static readonly ProblemKind StatementUnbalanced = new("statement-unbalanced", 422, "The statement's totals contradict its entries",
        "Fetch the file from the bank again. Where the bank's totals are known to be wrong, send it with ?balances=accept; the differences stay on record.")
        { OnScreens = "Fetch the file from the bank again. Where the bank's totals are known to be wrong, take it nevertheless; the differences stay on record." };
    public static readonly ProblemKind StatementUnknown = new("statement-unknown", 404, "There is no such bank statement", "Correct the number; GET /bank-statements lists them.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind BankAccountUnknown = new("bank-account-unknown", 404, "There is no such bank account",
        "An account becomes known with its first statement; GET /bank-accounts lists them.")
        { OnScreens = "An account becomes known with its first statement." };
    public static readonly ProblemKind LineUnknown = new("bank-line-unknown", 404, "There is no such line of a bank statement", "Correct the number; GET /bank-lines lists them.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind LineSettled = new("bank-line-settled", 409, "The line is not in a state that allows this",
        "Only a new or proposed line is ignored, and only an ignored one is reopened.");
    public static readonly ProblemKind MappingUnknown = new("csv-mapping-unknown", 404, "There is no such mapping of CSV columns", "Save it first with PUT /csv-mappings/{name}.")
        { OnScreens = "Name its columns first." };

    public static readonly ProblemKind MappingInUse = new("csv-mapping-in-use", 409, "There is a mapping of this name", "Choose another name, or say that it is to be replaced.");

    public static IReadOnlyList<ProblemKind> All { get; } =
        [StatementUnreadable, StatementUnbalanced, StatementUnknown, BankAccountUnknown, LineUnknown, LineSettled, MappingUnknown, MappingInUse];
}

/// <summary>Who may do what with bank statements. They name whom we pay, too, so not everybody reads them.</summary>
public static class StatementPermissions
{
    public static readonly Permission Import = new("importBankStatements", "accountsReceivable");
    public static readonly Permission Settle = new("settleBankLines", "accountsReceivable");
    public static readonly Permission NameAccounts = new("nameBankAccounts", "accountsReceivable", "finance");
    public static readonly Permission Read = new("readBankStatements", "accountsReceivable", "collector", "creditAnalyst", "creditManager", "finance", "leadership");
}
