using Aval.Bench;

// Measures Aval piece by piece:
//   dotnet run -c Release --project bench/Aval.Bench -- check
//   dotnet run -c Release --project bench/Aval.Bench -- options
//   dotnet run -c Release --project bench/Aval.Bench -- cash
//   dotnet run -c Release --project bench/Aval.Bench -- receipts FOLDER [CONNECTION WITHOUT DATABASE]
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
    default:
        Console.Error.WriteLine("usage: Aval.Bench check | options | cash | receipts FOLDER [CONNECTION WITHOUT DATABASE] | desk [CONNECTION WITHOUT DATABASE]");
        return 2;
}
