using Aval.Bench;

// Measures Aval piece by piece: dotnet run -c Release --project bench/Aval.Bench -- check
if (args is not ["check"])
{
    Console.Error.WriteLine("usage: Aval.Bench check");
    return 2;
}

CheckBench.Run(Console.Out);
return 0;
