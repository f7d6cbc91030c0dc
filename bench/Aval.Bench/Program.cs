using System.Globalization;
using Aval.Bench;

// Measures Aval piece by piece:
//   dotnet run -c Release --project bench/Aval.Bench -- check
//   dotnet run -c Release --project bench/Aval.Bench -- options
//   dotnet run -c Release --project bench/Aval.Bench -- cash
//   dotnet run -c Release --project bench/Aval.Bench -- receipts FOLDER [CONNECTION WITHOUT DATABASE]
//   dotnet run -c Release --project bench/Aval.Bench -- pages http://127.0.0.1:PORT | FOLDER [REQUESTS [CUSTOMER]]
//   dotnet run -c Release --project bench/Aval.Bench -- desk [CONNECTION WITHOUT DATABASE]
switch (args)
{
    case ["check"]:
        CheckBench.Run(Console.Out);
        return 0;
    case ["options"]:
        OptionBench.Run(Console.Out);
        return 0;
    case ["cash"]:
        CashBench.Run(Console.Out);
        return 0;
    case ["receipts", var history, .. var database]:
        await ReceiptsBench.RunAsync(Console.Out, history, database.FirstOrDefault());
        return 0;
    case ["desk", .. var database]:
        await DeskBench.RunAsync(Console.Out, database.FirstOrDefault(), TimeSpan.FromSeconds(4));
        return 0;
    case ["pages", var place, .. var rest] when rest.Length <= 2 && (rest.Length == 0 || (int.TryParse(rest[0], out var times) && times > 0)):
        await PagesBench.RunAsync(Console.Out, place, rest.Length == 0 ? 20 : int.Parse(rest[0], CultureInfo.InvariantCulture), rest.ElementAtOrDefault(1) ?? "C10003");
        return 0;
    default:
        Console.Error.WriteLine(
            "usage: Aval.Bench check | options | cash | receipts FOLDER [CONNECTION WITHOUT DATABASE] "
            + "| desk [CONNECTION WITHOUT DATABASE] | pages URL|FOLDER [REQUESTS [CUSTOMER]]");
        return 2;
}
